import type { Command } from "commander";
import { mlflowVerbDeps } from "./mlflow-verb-deps";
import { positive, repeated } from "./option-parsers";
import { defineVerb } from "./verb-definition";

/** `trunkline mlproject run` */
export const mlprojectRunVerb = defineVerb({
  name: "mlproject run",
  summary: "run an entry point of an uploaded project as a Job of the cluster, and follow it",
  target: "cloud",
  exits:
    "that of the run's own process; 1 where the cluster tells none, or tells 0 of a run that failed or was stopped, and " +
    "where it is not followed to its end. Errors of trunkline itself keep 1 to 3. With --json, exit.of tells whose code " +
    "it is, run or trunkline, and an error has the kind error",
  example: "trunkline mlproject run sample -e train -P samples=500 --env dev",
  configure: (command: Command) =>
    void command
      .argument("<project>", "name of the project on the share")
      .option("-e, --entry-point <name>", "entry point of its MLproject file", "main")
      .option("-P, --parameter <name=value>", "a value for a parameter; no secrets, they show in the cluster", repeated)
      .option("--experiment <name>", "experiment of the run that mlflow makes (default: MLflow's own)")
      .option("--run-name <name>", "name of the run's Job (default: project, entry point, time and chance)")
      .option("--start-timeout <minutes>", "when a run that has not started is given up", positive(1440), 15),
  load: async () => {
    const { mlprojectRun } = await import("../commands/mlproject-run.js");
    const { presentProjectRun } = await import("../report/present-project-run.js");
    return { run: mlflowVerbDeps(mlprojectRun), present: presentProjectRun };
  },
});
