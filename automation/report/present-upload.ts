import type { MlprojectUploadResult } from "../commands/mlproject-upload";
import type { Presenter } from "../verbs/verb-definition";

/** Tells which files of a project went to the share. */
export const presentUpload: Presenter<MlprojectUploadResult> = {
  exit: () => "done",
  lines: ({ environment, project, place, written, removed, unchanged, entryPoints }) => [
    ...written.map((path) => `  written  ${path}`),
    ...removed.map((path) => `  removed  ${path}`),
    `project ${project} is on the share ${place}: ${written.length} written, ${removed.length} removed, ${unchanged} unchanged`,
    ...entryPoints
      .slice(0, 1)
      .map((name) => `next: trunkline mlproject run ${project} -e ${name} --env ${environment}`),
  ],
  json: (result) => result,
};
