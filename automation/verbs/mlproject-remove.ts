import type { Command } from "commander";
import { mlflowVerbDeps } from "./mlflow-verb-deps";
import { defineVerb } from "./verb-definition";

/** `trunkline mlproject remove` */
export const mlprojectRemoveVerb = defineVerb({
  name: "mlproject remove",
  summary: "remove a run that has ended, with its log",
  target: "cloud",
  example: "trunkline mlproject remove sample-train-20260102030405-1a2b3c --env dev",
  configure: (command: Command) => void command.argument("<run>", "name of the run"),
  load: async () => {
    const { mlprojectRemove } = await import("../commands/mlproject-end.js");
    const { presentProjectEnd } = await import("../report/present-project-end.js");
    return { run: mlflowVerbDeps(mlprojectRemove), present: presentProjectEnd };
  },
});
