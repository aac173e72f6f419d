import { claimRun } from "../journal/claim-run";
import { journalDirectory } from "../journal/journal-directory";
import type { RecordedRun } from "../journal/recorded-run";
import { AutomationError } from "../errors";
import { runProjects } from "../run/run-projects";
import { findProjects } from "../workspace/find-projects";
import type { Project } from "../workspace/project";
import { workspaceRoot } from "../workspace/workspace-root";
import { runResult, type RunOptions, type RunResult } from "./run-result";
import { chosenEnvironment, type VerbDeps } from "./verb";

/**
 * Goes on with the last run of an environment where it ended early: what is applied stays, what is unknown is looked up
 * before, the rest is brought up. Throws a usage error where another commit is checked out than the run was of.
 */
export async function resume(deps: VerbDeps, options: RunOptions): Promise<RunResult> {
  const root = workspaceRoot(options.cwd);
  const chosen = await chosenEnvironment(deps, options, root);
  const { environment } = chosen;
  const { run, journal } = await claimRun(journalDirectory(root, options.target, environment), deps.owners);
  try {
    await checkCommit(deps, root, run);
    const left = [...run.stacks].filter(([, { state }]) => state !== "applied").map(([stack]) => stack);
    const outcomes = await runProjects(deps, {
      ...options,
      chosen,
      projects: projectsOf(left, await findProjects(root, deps.git)),
      dependencies: new Map(Object.entries(run.begun.dependencies)),
      parallel: options.parallel,
      journal,
      optionsOf: (name) => {
        const { state = "planned", at = run.begun.at } = run.stacks.get(name) ?? {};
        const unknown = state === "applying" || state === "unknown";
        return unknown ? { unknown, before: { owner: run.owner, at } } : {};
      },
    });
    const before = [...run.stacks.keys()].filter((stack) => !left.includes(stack));
    return runResult(environment, outcomes, before);
  } finally {
    await journal.end();
  }
}

async function checkCommit(deps: VerbDeps, root: string, { begun }: RecordedRun): Promise<void> {
  const commit = await deps.git.headCommit(root);
  if (commit === begun.commit) return;
  const named = (id: string | undefined) => id ?? "no commit";
  throw new AutomationError("usage", `the run is of ${named(begun.commit)}, checked out is ${named(commit)}`, {
    hint: `check out ${named(begun.commit)} to resume it, or begin a new run: trunkline up`,
  });
}

function projectsOf(names: readonly string[], all: readonly Project[]): Project[] {
  return names.map((name) => {
    const project = all.find((candidate) => candidate.name === name);
    if (project) return project;
    throw new AutomationError("usage", `the run has a project ${name}, which is not in the workspace any more`, {
      hint: "check out the commit of the run, or begin a new one: trunkline up",
    });
  });
}
