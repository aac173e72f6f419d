import { InvalidArgumentError, Option } from "commander";
import { CI_PHASES } from "../ci/ci-step";
import { defineVerb } from "./verb-definition";

/** `trunkline ci` */
export const ciVerb = defineVerb({
  name: "ci",
  summary: "do what the event of the CI system asks for: preview, plan, apply, drift, or a rehearsal for forks",
  target: "cloud",
  example: "trunkline ci --target rehearsal",
  configure: (command) =>
    void command
      .addOption(new Option("--phase <phase>", "the part of a push that this job does").choices([...CI_PHASES]))
      .option("--decide", "only tell what would be done, and for which environment", false)
      .option("--directory <directory>", "where bundles and the report lie", ".trunkline/ci")
      .option("--reviewed <directory>", "where the bundles lie that the pull request's review was about")
      .option("--digest <digest>", "the bundle that --acknowledge is about")
      .option("--acknowledge <urn...>", "stateful resources that may be deleted or replaced", [])
      .option("--approval <file...>", "signed approvals", [])
      .option("--wait <minutes>", "how long approvals are waited for", minutes, 0),
  load: async () => {
    const { ci } = await import("../commands/ci.js");
    const { presentCi } = await import("../report/present-ci.js");
    return { run: ci, present: presentCi };
  },
});

function minutes(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`got "${text}", allowed are 0 to 99999 minutes`);
}
