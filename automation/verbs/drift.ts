import { defineVerb } from "./verb-definition";

/** `trunkline drift` */
export const driftVerb = defineVerb({
  name: "drift",
  summary: "compare what is in the cloud with what was recorded; changes nothing",
  target: "cloud",
  example: "trunkline drift --target rehearsal --env dev",
  configure: (command) =>
    void command.option(
      "--report <file>",
      "write a page of the run; a file that ends in .json gets what trunkline report reads",
    ),
  load: async () => {
    const { drift } = await import("../commands/drift.js");
    const { presentDrift } = await import("../report/present-drift.js");
    return { run: drift, present: presentDrift };
  },
});
