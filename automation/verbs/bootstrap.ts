import { defineVerb } from "./verb-definition";

/** `trunkline bootstrap` */
export const bootstrapVerb = defineVerb({
  name: "bootstrap",
  summary: "bring up the backend that keeps an environment's state, and move that very state into it",
  target: "cloud",
  example: "trunkline bootstrap --target rehearsal --env dev",
  load: async () => {
    const { bootstrap } = await import("../commands/bootstrap.js");
    const { presentBootstrap } = await import("../report/present-bootstrap.js");
    return { run: bootstrap, present: presentBootstrap };
  },
});
