import { mlflowVerbDeps } from "./mlflow-verb-deps";
import { defineVerb } from "./verb-definition";

/** `trunkline mlproject list` */
export const mlprojectListVerb = defineVerb({
  name: "mlproject list",
  summary: "list the runs of projects that the cluster still knows",
  target: "cloud",
  example: "trunkline mlproject list --env dev",
  load: async () => {
    const { mlprojectList } = await import("../commands/mlproject-list.js");
    const { presentProjectRuns } = await import("../report/present-project-runs.js");
    return { run: mlflowVerbDeps(mlprojectList), present: presentProjectRuns };
  },
});
