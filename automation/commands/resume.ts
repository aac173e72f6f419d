import { resolve } from "node:path";
import { claimRun } from "../journal/claim-run";
import { journalDirectory } from "../journal/journal-directory";
import type { RecordedRun } from "../journal/recorded-run";
import { AutomationError } from "../errors";
import { NOTHING, type WorkReport } from "../run/work-report";
import { runProjects } from "../run/run-projects";
import { findProjects } from "../workspace/find-projects";
import type { Project } from "../workspace/project";
import { workspaceRoot } from "../workspace/workspace-root";
import { runBundles } from "../run/run-bundles";
import { runResult, type RunOptions, type RunResult } from "./run-result";
import { stacksResult, type StacksResult } from "./stacks-result";
import type { BundlesConsent } from "./up-all-bundles";
import { chosenEnvironment, type VerbDeps } from "./verb";

/** What may be said when a run is resumed; consent only where the run applies bundles. */
export interface ResumeOptions extends RunOptions, BundlesConsent {}

/**
 * Goes on with the last run of an environment where it ended early: what is applied stays, what is unknown is looked up
 * before, the rest is brought up, behind the gate where the run applies bundles. Throws a usage error where another commit
 * is checked out than the run was of.
 */
export async function resume(deps: VerbDeps, options: ResumeOptions): Promise<RunResult | StacksResult> {
  const root = workspaceRoot(options.cwd);
  const chosen = await chosenEnvironment(deps, options, root);
  const { environment } = chosen;
  const { run, journal } = await claimRun(journalDirectory(root, options.target, environment), deps.owners);
  try {
    await checkCommit(deps, root, run);
    const left = [...run.stacks].filter(([, { state }]) => state !== "applied").map(([stack]) => stack);
    const projects = projectsOf(left, await findProjects(root, deps.git));
    const dependencies = new Map(Object.entries(run.begun.dependencies));
    const { bundles } = run.begun;
    if (bundles !== undefined) {
      const known = new Map(
        left.map((stack) => {
          const { state = "planned" } = run.stacks.get(stack) ?? {};
          return [stack, state === "applying" ? ("unknown" as const) : state] as const;
        }),
      );
      const request = { ...options, environment, directory: resolve(root, bundles), projects, dependencies, journal };
      const before = [...run.stacks.keys()].filter((stack) => !left.includes(stack));
      const done: WorkReport = { ...NOTHING, result: "applied", detail: "before the run was resumed" };
      const reports = await runBundles(deps, { ...request, known });
      return stacksResult("apply", environment, new Map([...before.map((name) => [name, done] as const), ...reports]));
    }
    refuseConsent(options);
    const outcomes = await runProjects(deps, {
      ...options,
      chosen,
      projects,
      dependencies,
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

function refuseConsent(options: ResumeOptions): void {
  const given = (["reviewed", "digest", "acknowledge", "approval", "wait"] as const).find(
    (name) => options[name] !== undefined,
  );
  if (given === undefined) return;
  throw new AutomationError("usage", `--${given} is about bundles, and the last run applies none`, {
    hint: "leave it out",
  });
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
