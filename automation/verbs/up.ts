import { defineVerb } from "./verb-definition";

/** `trunkline up` */
export const upVerb = defineVerb({
  name: "up",
  summary: "bring an environment to what the program declares",
  target: "cloud",
  example: "trunkline up --target rehearsal --env dev",
  load: async () => {
    const { up } = await import("../commands/up.js");
    const { presentOperation } = await import("../report/present-operation.js");
    return { run: up, present: presentOperation };
  },
});
