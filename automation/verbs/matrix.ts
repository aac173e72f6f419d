import { addEventOptions } from "./event-options";
import { defineVerb } from "./verb-definition";

/** `trunkline matrix` */
export const matrixVerb = defineVerb({
  name: "matrix",
  summary: "tell which stacks changed, in waves of jobs for a CI system",
  target: "cloud",
  example: "trunkline matrix --target rehearsal --env dev --json",
  configure: addEventOptions,
  load: async () => {
    const { matrix } = await import("../commands/matrix.js");
    const { presentMatrix } = await import("../report/present-matrix.js");
    return { run: matrix, present: presentMatrix };
  },
});
