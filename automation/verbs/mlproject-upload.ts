import type { Command } from "commander";
import { mlflowVerbDeps } from "./mlflow-verb-deps";
import { defineVerb } from "./verb-definition";

/** `trunkline mlproject upload` */
export const mlprojectUploadVerb = defineVerb({
  name: "mlproject upload",
  summary: "put a project of MLflow on the file share: the files that changed",
  target: "cloud",
  example: "trunkline mlproject upload artifacts/mlflow/projects/sample --target rehearsal --env dev",
  configure: (command: Command) =>
    void command
      .argument("<path>", "folder of the project, with its MLproject file")
      .option("--name <project>", "name of the project on the share (default: the folder's name)"),
  load: async () => {
    const { mlprojectUpload } = await import("../commands/mlproject-upload.js");
    const { presentUpload } = await import("../report/present-upload.js");
    return { run: mlflowVerbDeps(mlprojectUpload), present: presentUpload };
  },
});
