import { defineVerb } from "./verb-definition";

/** `trunkline rehearse` */
export const rehearseVerb = defineVerb({
  name: "rehearse",
  summary: "preview an environment, bring it up in the simulated cloud, preview again and show its outputs",
  target: "rehearsal",
  example: "trunkline rehearse --env prd",
  load: async () => {
    const { rehearse } = await import("../commands/rehearse.js");
    const { presentRehearsal } = await import("../report/present-rehearsal.js");
    return { run: rehearse, present: presentRehearsal };
  },
});
