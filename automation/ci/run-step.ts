import { drift } from "../commands/drift";
import type { VerbDeps } from "../commands/verb";
import { reasonText } from "../changes/reason";
import { driftReports } from "../drift/drift-reports";
import type { PipelineStep, StackReport } from "../report/pipeline-report";
import { runWork, type WorkRun } from "../run/run-work";
import { applyStackBundle, previewStack, type StackWork } from "../run/stack-work";
import { NOTHING, workOutcome } from "../run/work-report";
import type { StackDecision } from "../workspace/decide-pipeline";
import { rehearseStack } from "./rehearse-stack";

type StackStep = Extract<PipelineStep, "rehearse" | "preview" | "plan" | "apply">;

type Work = (deps: VerbDeps, work: StackWork) => WorkRun["work"];

const WORK: Readonly<Record<StackStep, Work>> = {
  rehearse: (deps, work) => (project) => rehearseStack(deps, project, work),
  preview: (deps, work) => (project) => previewStack(deps, project, work),
  plan: (deps, work) => (project) => previewStack(deps, project, work),
  apply: (deps, work) => (project, known, begin) => applyStackBundle(deps, project, work, known, begin),
};

/** Does a step with stacks, in the order of their dependencies, one at a time. */
export async function runStep(
  deps: VerbDeps,
  step: StackStep,
  stacks: readonly StackDecision[],
  work: StackWork,
  recorded: Pick<WorkRun, "journal" | "known"> = {},
): Promise<StackReport[]> {
  const reports = await runWork({
    projects: stacks.map(({ project }) => project),
    dependencies: new Map(stacks.map(({ project, dependsOn }) => [project.name, dependsOn.map((on) => on.project)])),
    // The stacks of one rehearsal share a simulated cloud, and those of one job its processors.
    parallel: 1,
    signal: deps.signal,
    work: WORK[step](deps, work),
    // A rehearsal has brought it up: what depends on it has real outputs.
    outcome: (report) =>
      step === "rehearse" && report.result === "changing" ? { kind: "applied" } : workOutcome(report),
    ...recorded,
  });
  return stacks.map(({ project: { name }, reasons }) => ({
    ...(reports.get(name) ?? { ...NOTHING, result: "stopped" }),
    ...{ project: name, environment: work.environment, reasons: reasons.map(reasonText) },
  }));
}

/** Compares all stacks of an environment with the cloud. */
export async function runDrift(deps: VerbDeps, cwd: string, work: StackWork): Promise<StackReport[]> {
  const { environment, target, engine } = work;
  return driftReports(await drift(deps, { cwd, env: environment, target, engine }));
}
