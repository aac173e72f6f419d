import type { Command } from "commander";
import { mlflowVerbDeps } from "./mlflow-verb-deps";
import { defineVerb } from "./verb-definition";

/** `trunkline mlproject stop` */
export const mlprojectStopVerb = defineVerb({
  name: "mlproject stop",
  summary: "end a run; its end stays on record until it is removed",
  target: "cloud",
  example: "trunkline mlproject stop sample-train-20260102030405-1a2b3c --env dev",
  configure: (command: Command) => void command.argument("<run>", "name of the run"),
  load: async () => {
    const { mlprojectStop } = await import("../commands/mlproject-end.js");
    const { presentProjectEnd } = await import("../report/present-project-end.js");
    return { run: mlflowVerbDeps(mlprojectStop), present: presentProjectEnd };
  },
});
