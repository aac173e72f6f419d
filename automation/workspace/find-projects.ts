import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { AutomationError } from "../errors";
import type { GitPort } from "../ports/git";
import type { Project } from "./project";
import { projectDirectories } from "./project-directories";

/**
 * The Pulumi projects of a workspace, by path. Throws a usage error for a `Pulumi.yaml` that cannot be read and for two
 * projects of one name, whose stacks would be the same ones.
 */
export async function findProjects(root: string, git: Pick<GitPort, "listFiles">): Promise<Project[]> {
  const projects = (await projectDirectories(root, git)).map((path): Project => {
    const directory = join(root, path);
    return { name: projectName(join(directory, "Pulumi.yaml")), directory, path };
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

function projectName(file: string): string {
  try {
    const { name } = (parse(readFileSync(file, "utf8")) ?? {}) as { readonly name?: unknown };
    if (typeof name === "string" && name !== "") return name;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AutomationError("usage", `${file} cannot be read: ${reason}`, { hint: "correct the file", cause });
  }
  throw new AutomationError("usage", `${file} has no name`, { hint: "add the name of the project, such as name: web" });
}
