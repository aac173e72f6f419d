import { defineVerb } from "./verb-definition";

/** `trunkline drift` */
export const driftVerb = defineVerb({
  name: "drift",
  summary: "compare what is in the cloud with what was recorded; changes nothing",
  target: "cloud",
  example: "trunkline drift --target rehearsal --env dev",
  load: async () => {
    const { drift } = await import("../commands/drift.js");
    const { presentDrift } = await import("../report/present-drift.js");
    return { run: drift, present: presentDrift };
  },
});
