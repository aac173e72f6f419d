import { AutomationError } from "../errors";
import type { ProjectShare } from "../ports/project-share";
import { MLPROJECT, parseMlproject, type MlprojectFile } from "./mlproject-file";

/** The MLproject file of a project on the share. Throws a usage error where there is no such project. */
export async function sharedProject(share: ProjectShare, project: string): Promise<MlprojectFile> {
  const path = `${project}/${MLPROJECT}`;
  const content = (await share.read(path)) ?? (await otherCase(share, project));
  if (content === undefined) {
    throw new AutomationError("usage", `there is no project ${project} on the share ${share.place}`, {
      hint: `upload it first: trunkline mlproject upload PATH --name ${project}`,
    });
  }
  return parseMlproject(content.toString("utf8"), path);
}

/** MLflow does not look at the case of the file's name. */
async function otherCase(share: ProjectShare, project: string): Promise<Buffer | undefined> {
  const wanted = `${project}/${MLPROJECT}`.toLowerCase();
  const found = (await share.list(project)).find(({ path }) => path.toLowerCase() === wanted);
  return found && share.read(found.path);
}
