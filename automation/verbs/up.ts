import { parallel, positive, repeated } from "./option-parsers";
import { defineVerb } from "./verb-definition";

/** `trunkline up` */
export const upVerb = defineVerb({
  name: "up",
  summary: "bring an environment to what the program declares",
  target: "cloud",
  example: "trunkline up --target rehearsal --env dev",
  configure: (command) =>
    void command
      .option("--all", "every project of the workspace, each after those that it builds on", false)
      .option("--resume", "go on with the last run where it ended early", false)
      .option("--remote <organization>", "have Pulumi Deployments bring the commit up; needs --repository-url")
      .option("--repository-url <url>", "the repository's address, for Pulumi Deployments")
      .option("--parallel <stacks>", "how many stacks at once", parallel, 4)
      .option("--bundle <file>", "apply exactly what was reviewed, if the gate is open; with --all, a directory")
      .option("--reviewed <file>", "the bundle of the pull request, whose approval this one may inherit")
      .option("--digest <digest>", "the bundle's digest, or 12 digits of it: another one is refused")
      .option(
        "--acknowledge <urn>",
        "a stateful resource that may be lost, or output:PATH of one that may break; needs --digest (repeatable)",
        repeated,
      )
      .option("--approval <file>", "an approval that trunkline approve wrote (repeatable)", repeated)
      .option("--report <file>", "write a page of the run; a file that ends in .json gets what trunkline report reads")
      .option("--wait <minutes>", "how long approvals are waited for", positive(43_200)),
  load: async () => {
    const { runUp } = await import("../commands/run-up.js");
    const { presentUp } = await import("../report/present-up.js");
    return { run: runUp, present: presentUp };
  },
});
