import { defineVerb } from "./verb-definition";

/** `trunkline refresh` */
export const refreshVerb = defineVerb({
  name: "refresh",
  summary: "take over into the state what the environment is like in the cloud",
  target: "cloud",
  example: "trunkline refresh --target rehearsal --env dev",
  load: async () => {
    const { refresh } = await import("../commands/refresh.js");
    const { presentOperation } = await import("../report/present-operation.js");
    return { run: refresh, present: presentOperation };
  },
});
