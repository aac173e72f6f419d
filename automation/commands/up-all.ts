import { AutomationError } from "../errors";
import { settingsFile } from "../engine/stack-settings";
import { beginRun } from "../run/begin-run";
import { runProjects } from "../run/run-projects";
import { StackGraph } from "../run/stack-graph";
import { loadSettings } from "../settings/load-settings";
import { findProjects } from "../workspace/find-projects";
import { readDependencies } from "../workspace/read-dependencies";
import { recordsOf } from "../workspace/records-of";
import { workspaceRoot } from "../workspace/workspace-root";
import { existsSync } from "node:fs";
import { runResult, type RunOptions, type RunResult } from "./run-result";
import { chosenEnvironment, type VerbDeps } from "./verb";

/**
 * Brings the environment of every project of the workspace up, each after those that it builds on, and records in a journal
 * how far that got. Throws a usage error where no project has that environment.
 */
export async function upAll(deps: VerbDeps, options: RunOptions): Promise<RunResult> {
  const root = workspaceRoot(options.cwd);
  const chosen = await chosenEnvironment(deps, options, root);
  const { environment } = chosen;
  const all = await findProjects(root, deps.git);
  const projects = all.filter(({ directory }) => existsSync(settingsFile(directory, environment)));
  if (projects.length === 0) {
    throw new AutomationError("usage", `no project in ${root} has settings for ${environment}`, {
      hint: `a project has that environment when it has a Pulumi.${environment}.yaml`,
    });
  }
  const stacks = projects.map(({ name }) => name);
  const absent = all.filter((project) => !projects.includes(project)).map(({ name }) => name);
  const settings = loadSettings(root);
  const readRecords = recordsOf(deps, options);
  const dependencies = await readDependencies(deps.git, { root, projects, absent, environment, settings, readRecords });
  // A cycle is found before anything is recorded.
  new StackGraph(stacks, dependencies);
  const journal = await beginRun(deps, { root, target: options.target, environment, stacks, dependencies });
  try {
    return runResult(environment, await runProjects(deps, { ...options, chosen, projects, dependencies, journal }));
  } finally {
    await journal.end();
  }
}
