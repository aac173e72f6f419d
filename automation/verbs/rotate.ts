import { defineVerb } from "./verb-definition";

/** `trunkline rotate` */
export const rotateVerb = defineVerb({
  name: "rotate",
  summary: "list the secrets of CI with their ends, or replace those that end soon",
  target: "cloud",
  example: "trunkline rotate --env prd --apply",
  configure: (command) =>
    void command
      .option("--apply", "replace what is due; the published secret stays valid meanwhile", false)
      .option("--within <days>", "days before its end from which on a secret is due (default: 60)"),
  load: async () => {
    const { rotate } = await import("../commands/rotate.js");
    const { presentRotation } = await import("../report/present-rotation.js");
    return {
      run: (deps, options: Parameters<typeof rotate>[1]) => rotate({ ...deps, today: () => new Date() }, options),
      present: presentRotation,
    };
  },
});
