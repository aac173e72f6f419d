import { addPlatformOption } from "./release-options";
import { defineVerb } from "./verb-definition";

/** `trunkline release propose` */
export const releaseProposeVerb = defineVerb({
  name: "release propose",
  summary: "open one pull request to the branch of production, or update it, for a release that passed its test",
  target: "cloud",
  example: "trunkline release propose --env tst --base main",
  configure: (command) =>
    void addPlatformOption(command)
      .option("--base <branch>", "the branch that deploys to production", "main")
      .option("--head <branch>", "the branch that is proposed (default: the one of the event)"),
  load: async () => {
    const { releasePropose } = await import("../commands/release-propose.js");
    const { presentReleasePropose } = await import("../report/present-release-propose.js");
    const { octokitPullRequests } = await import("../ports/pull-requests.js");
    const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL: baseUrl } = process.env;
    const token = GITHUB_TOKEN ?? GH_TOKEN;
    const pullRequests = () => (token ? octokitPullRequests({ token, ...(baseUrl && { baseUrl }) }) : undefined);
    return {
      run: (deps, options: Parameters<typeof releasePropose>[1]) => releasePropose({ ...deps, pullRequests }, options),
      present: presentReleasePropose,
    };
  },
});
