import { beginRun } from "../run/begin-run";
import { runProjects } from "../run/run-projects";
import { environmentStacks } from "../workspace/environment-stacks";
import { runResult, type RunOptions, type RunResult } from "./run-result";
import type { VerbDeps } from "./verb";

/**
 * Brings the environment of every project of the workspace up, each after those that it builds on, and records in a journal
 * how far that got. Throws a usage error where no project has that environment.
 */
export async function upAll(deps: VerbDeps, options: RunOptions): Promise<RunResult> {
  const { target } = options;
  const { root, chosen, projects, dependencies } = await environmentStacks(deps, options);
  const { environment } = chosen;
  const stacks = projects.map(({ name }) => name);
  const journal = await beginRun(deps, { root, target, environment, stacks, dependencies });
  try {
    return runResult(environment, await runProjects(deps, { ...options, chosen, projects, dependencies, journal }));
  } finally {
    await journal.end();
  }
}
