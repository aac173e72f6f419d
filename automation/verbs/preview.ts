import { parallel, positive } from "./option-parsers";
import { defineVerb } from "./verb-definition";

/** `trunkline preview` */
export const previewVerb = defineVerb({
  name: "preview",
  summary: "show what an update would change",
  target: "cloud",
  example: "trunkline preview --target rehearsal --env dev",
  configure: (command) =>
    void command
      .option("--all", "every project of the workspace; what builds on a changing stack waits for it", false)
      .option("--parallel <stacks>", "how many stacks at once", parallel, 4)
      .option("--bundle <file>", "write what a reviewer approves, and up applies exactly; with --all, a directory")
      .option("--expires-in <hours>", "how long the bundle may be applied (default: 168)", positive(8760))
      .option("--report <file>", "write a page of the run; a file that ends in .json gets what trunkline report reads")
      .option("--reviewed <file>", "the bundle of the pull request, whose approval the new one may inherit"),
  load: async () => {
    const { runPreview } = await import("../commands/run-preview.js");
    const { presentPreview } = await import("../report/present-preview.js");
    return { run: runPreview, present: presentPreview };
  },
});
