import type { Command } from "commander";
import { mlflowVerbDeps } from "./mlflow-verb-deps";
import { defineVerb } from "./verb-definition";

/** `trunkline mlproject logs` */
export const mlprojectLogsVerb = defineVerb({
  name: "mlproject logs",
  summary: "show the log of a run",
  target: "cloud",
  example: "trunkline mlproject logs sample-train-20260102030405-1a2b3c --follow --env dev",
  configure: (command: Command) =>
    void command.argument("<run>", "name of the run").option("--follow", "go on until the run ends", false),
  load: async () => {
    const { mlprojectLogs } = await import("../commands/mlproject-logs.js");
    const { presentProjectLog } = await import("../report/present-project-log.js");
    return { run: mlflowVerbDeps(mlprojectLogs), present: presentProjectLog };
  },
});
