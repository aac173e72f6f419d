import { defineVerb } from "./verb-definition";

/** `trunkline outputs` */
export const outputsVerb = defineVerb({
  name: "outputs",
  summary: "show the outputs of an environment, secrets masked",
  target: "cloud",
  example: "trunkline outputs --target rehearsal --env dev --json",
  load: async () => {
    const { outputs } = await import("../commands/outputs.js");
    const { presentOutputs } = await import("../report/present-outputs.js");
    return { run: outputs, present: presentOutputs };
  },
});
