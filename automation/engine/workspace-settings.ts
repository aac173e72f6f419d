import { join } from "node:path";
import { git } from "../ports/git";
import { ENVIRONMENTS } from "../stack/stack-for-branch";
import { projectDirectories } from "../workspace/project-directories";
import { workspaceRoot } from "../workspace/workspace-root";
import { readStackSettings, settingsFile, type StackSettings } from "./stack-settings";

/**
 * The settings of all environments of all projects of a project's workspace, which live in one simulated cloud; in the
 * same order whichever project asks. Throws a usage error where the project's own are not valid: what is wrong in
 * another's is found by whoever rehearses that one.
 */
export async function workspaceSettings(projectDir: string): Promise<(readonly [string, StackSettings])[]> {
  const root = workspaceRoot(projectDir);
  const directories = (await projectDirectories(root, git)).map((path) => join(root, path));
  const all = directories.includes(projectDir) ? directories : [projectDir, ...directories];
  return all.flatMap((directory) => {
    try {
      return ENVIRONMENTS.map((name) => [name, readStackSettings(settingsFile(directory, name)) ?? {}] as const);
    } catch (error) {
      if (directory === projectDir) throw error;
      return [];
    }
  });
}
