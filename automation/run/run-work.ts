import type { RunJournal, StackState } from "../journal/run-journal";
import type { Project } from "../workspace/project";
import { runStacks } from "./run-stacks";
import type { Dependencies } from "./stack-graph";
import type { WorkOutcome } from "./stack-outcome";
import { faultWork, notBegun, type WorkReport } from "./work-report";

/** What a run before left of stacks that it did not bring to their end. */
export type KnownStates = ReadonlyMap<string, StackState>;

export interface WorkRun {
  readonly projects: readonly Project[];
  /** By names of projects. */
  readonly dependencies: Dependencies;
  /** How many stacks at once, 1 or more. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  /** @default nothing is recorded, as for previews */
  readonly journal?: RunJournal;
  /** @default nothing is known of a run before */
  readonly known?: KnownStates;
  /** Calls `begin` before it changes anything. */
  readonly work: (project: Project, known: StackState | undefined, begin: () => Promise<void>) => Promise<WorkReport>;
  /** What a report means for the stacks that build on it. */
  readonly outcome: (report: WorkReport) => WorkOutcome;
}

/**
 * Works on the stacks of several projects, each after those that it builds on, and tells of each what became of it. What the
 * work throws is a result of its stack, and the others go on.
 */
export async function runWork(run: WorkRun): Promise<ReadonlyMap<string, WorkReport>> {
  const { projects, dependencies, parallel, signal, journal, known, work, outcome } = run;
  const byName = new Map(projects.map((project) => [project.name, project]));
  const reports = new Map<string, WorkReport>();
  const outcomes = await runStacks({
    stacks: [...byName.keys()],
    unknown: [...byName.keys()].filter((name) => known?.get(name) === "unknown"),
    dependencies,
    parallel,
    signal,
    ...(journal && { journal }),
    beginsItself: true,
    deploy: async (name, begin) => {
      const project = byName.get(name);
      if (!project) throw new Error(`there is no project ${name}`);
      const report = await work(project, known?.get(name), begin).catch(faultWork);
      reports.set(name, report);
      return outcome(report);
    },
  });
  return new Map(projects.map(({ name }) => [name, reports.get(name) ?? notBegun(outcomes.get(name))]));
}
