import { defineVerb } from "./verb-definition";

/** `trunkline destroy` */
export const destroyVerb = defineVerb({
  name: "destroy",
  summary: "delete an environment; refused while resources are protected",
  target: "cloud",
  example: "trunkline destroy --target rehearsal --env dev --remove-protection",
  configure: (command) =>
    void command.option("--remove-protection", "delete protected resources too (rehearsals only)", false),
  load: async () => {
    const { destroy } = await import("../commands/destroy.js");
    const { presentDestroy } = await import("../report/present-destroy.js");
    return { run: destroy, present: presentDestroy };
  },
});
