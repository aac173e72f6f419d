import { addPlatformOption } from "./release-options";
import { defineVerb } from "./verb-definition";

/** `trunkline release deploy` */
export const releaseDeployVerb = defineVerb({
  name: "release deploy",
  summary: "bring a model up in the slot without traffic; the endpoint is made where there is none",
  target: "cloud",
  example: "trunkline release deploy --env tst --model taxi-fares:3",
  configure: (command) =>
    void addPlatformOption(command)
      .option("--model <name:version>", "the model (default: the newest registered version)")
      .option("--timeout <time>", "how long the slot may take to become healthy", "30m"),
  load: async () => {
    const { releaseDeploy } = await import("../commands/release-deploy.js");
    const { presentReleaseDeploy } = await import("../report/present-release-deploy.js");
    return { run: releaseDeploy, present: presentReleaseDeploy };
  },
});
