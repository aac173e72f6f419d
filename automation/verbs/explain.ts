import { defineVerb } from "./verb-definition";

/** `trunkline explain` */
export const explainVerb = defineVerb({
  name: "explain",
  summary: "say what an error means and what to do about it",
  example: "trunkline explain state-moved",
  configure: (command) =>
    void command.argument("[code]", "the error's code, as it is printed; all of them without one"),
  load: async () => {
    const { explain } = await import("../commands/explain.js");
    const { presentExplain } = await import("../report/present-explain.js");
    return { run: explain, present: presentExplain };
  },
});
