import { existsSync } from "node:fs";
import { chosenEnvironment, type StackNeeds, type VerbDeps, type VerbOptions } from "../commands/verb";
import { settingsFile } from "../engine/stack-settings";
import { AutomationError } from "../errors";
import { StackGraph, type Dependencies } from "../run/stack-graph";
import { loadSettings } from "../settings/load-settings";
import type { ChosenEnvironment } from "../stack/choose-environment";
import { findProjects } from "./find-projects";
import type { Project } from "./project";
import { readDependencies } from "./read-dependencies";
import { recordsOf } from "./records-of";
import { workspaceRoot } from "./workspace-root";

/** The stacks of one environment: a project of the workspace each. */
export interface EnvironmentStacks {
  readonly root: string;
  readonly chosen: ChosenEnvironment;
  readonly projects: readonly Project[];
  /** By names of projects. */
  readonly dependencies: Dependencies;
}

/**
 * The stacks of the environment that was asked for, with what they depend on. Throws a usage error where no project has that
 * environment, and for a cycle, which it prints.
 */
export async function environmentStacks(
  deps: VerbDeps,
  options: VerbOptions,
  needs: Pick<StackNeeds, "readOnly"> = {},
): Promise<EnvironmentStacks> {
  const root = workspaceRoot(options.cwd);
  const chosen = await chosenEnvironment(deps, options, root, needs);
  const { environment } = chosen;
  const all = await findProjects(root, deps.git);
  const projects = all.filter(({ directory }) => existsSync(settingsFile(directory, environment)));
  if (projects.length === 0) {
    throw new AutomationError("usage", `no project in ${root} has settings for ${environment}`, {
      hint: `a project has that environment when it has a Pulumi.${environment}.yaml`,
    });
  }
  const absent = all.filter((project) => !projects.includes(project)).map(({ name }) => name);
  const settings = loadSettings(root);
  const readRecords = recordsOf(deps, options);
  const dependencies = await readDependencies(deps.git, { root, projects, absent, environment, settings, readRecords });
  const names = projects.map(({ name }) => name);
  // A cycle is found before anything is recorded.
  new StackGraph(names, dependencies);
  return { root, chosen, projects, dependencies };
}
