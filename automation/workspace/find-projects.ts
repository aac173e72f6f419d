import { join } from "node:path";
import { AutomationError } from "../errors";
import type { GitPort } from "../ports/git";
import type { Project } from "./project";
import { projectDirectories } from "./project-directories";
import { readProjectFile } from "./project-file";

/**
 * The Pulumi projects of a workspace, by path. Throws a usage error for a `Pulumi.yaml` that cannot be read and for two
 * projects of one name, whose stacks would be the same ones.
 */
export async function findProjects(root: string, git: Pick<GitPort, "filesNamed">): Promise<Project[]> {
  const projects = (await projectDirectories(root, git)).map((path): Project => {
    const directory = join(root, path);
    return { name: readProjectFile(join(directory, "Pulumi.yaml")).name, directory, path };
  });
  const seen = new Map<string, Project>();
  for (const project of projects) {
    const other = seen.get(project.name);
    if (other) {
      throw new AutomationError(
        "usage",
        `two projects are named "${project.name}": ${other.path} and ${project.path}`,
        { hint: "give each project of the workspace its own name in Pulumi.yaml" },
      );
    }
    seen.set(project.name, project);
  }
  return projects;
}
