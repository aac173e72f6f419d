import { readProjects } from "../changes/read-projects";
import { WorkspaceFiles } from "../changes/workspace-files";
import type { GitPort } from "../ports/git";
import type { Dependencies } from "../run/stack-graph";
import type { Settings } from "../settings/settings-schema";
import type { EnvironmentName } from "../stack/stack-for-branch";
import type { Project } from "./project";
import { projectDependencies } from "./project-dependencies";
import type { ReadRecords } from "./stack-records";

interface DependencyQuestion {
  readonly root: string;
  /** All projects of the workspace that have the environment. */
  readonly projects: readonly Project[];
  /** Names of those that have not. */
  readonly absent: readonly string[];
  readonly environment: EnvironmentName;
  readonly settings: Settings;
  readonly readRecords: ReadRecords;
}

/**
 * What the stacks of an environment depend on, by names of projects: by the settings, the stack references of their
 * programs, and those of their states. Throws a usage error for a cycle, which it prints.
 */
export async function readDependencies(git: GitPort, question: DependencyQuestion): Promise<Dependencies> {
  const { root, projects, absent, environment, settings, readRecords } = question;
  const [read, records] = await Promise.all([
    readProjects(root, projects, settings, new WorkspaceFiles(git, root)),
    Promise.all(projects.map((project) => readRecords(project, environment))),
  ]);
  const dependents = read.map(({ project: { name }, inputs }, i) => {
    const record = records[i];
    return { name, program: inputs.program, references: record?.kind === "recorded" ? record.references : [] };
  });
  const found = projectDependencies(dependents, settings, absent);
  return new Map([...found].map(([name, upstream]) => [name, [...upstream.keys()]]));
}
