import { drift } from "../commands/drift";
import type { VerbDeps } from "../commands/verb";
import { reasonText } from "../changes/reason";
import { AutomationError } from "../errors";
import type { PipelineStep, StackReport } from "../report/pipeline-report";
import { runStacks } from "../run/run-stacks";
import type { StackOutcome, WorkOutcome } from "../run/stack-outcome";
import type { StackDecision } from "../workspace/decide-pipeline";
import { applyStackBundle, NOTHING, previewStack, rehearseStack, type StackWork, type WorkReport } from "./stack-work";

type StackStep = Extract<PipelineStep, "rehearse" | "preview" | "plan" | "apply">;

const WORK: Readonly<Record<StackStep, typeof previewStack>> = {
  rehearse: rehearseStack,
  preview: previewStack,
  plan: previewStack,
  apply: applyStackBundle,
};

/** Does a step with all stacks that are affected, in the order of their dependencies, one at a time. */
export async function runStep(
  deps: VerbDeps,
  step: StackStep,
  stacks: readonly StackDecision[],
  work: StackWork,
): Promise<StackReport[]> {
  const affected = stacks.filter(({ reasons }) => reasons.length > 0);
  const byName = new Map(affected.map((stack) => [stack.project.name, stack]));
  const reports = new Map<string, WorkReport>();
  const outcomes = await runStacks({
    stacks: [...byName.keys()],
    dependencies: new Map(affected.map(({ project, dependsOn }) => [project.name, dependsOn.map((on) => on.project)])),
    // The stacks of one rehearsal share a simulated cloud, and those of one job its processors.
    parallel: 1,
    signal: deps.signal,
    deploy: async (name) => {
      const stack = byName.get(name);
      if (!stack) throw new Error(`there is no stack ${name}`);
      const report = await WORK[step](deps, stack.project, work).catch(asReport);
      reports.set(name, report);
      return outcomeOf(report, step);
    },
  });
  return affected.map(({ project, reasons }) => {
    const report = reports.get(project.name) ?? notBegun(outcomes.get(project.name));
    return { ...report, project: project.name, environment: work.environment, reasons: reasons.map(reasonText) };
  });
}

/** Compares all stacks of an environment with the cloud. */
export async function runDrift(deps: VerbDeps, cwd: string, work: StackWork): Promise<StackReport[]> {
  const { environment, target, engine } = work;
  const { stacks } = await drift(deps, { cwd, env: environment, target, engine });
  return stacks.map(({ stack, verdict }): StackReport => {
    const of = { ...NOTHING, project: stack, environment, reasons: [] };
    switch (verdict.kind) {
      case "clean":
        return { ...of, result: "unchanged" };
      case "drifted": {
        const places = verdict.drifted.map(({ urn }) => urn.split("::").at(-1) ?? urn);
        return { ...of, result: "drifted", detail: `it differs from the cloud: ${[...new Set(places)].join(", ")}` };
      }
      case "error":
        return { ...of, result: "failed", detail: verdict.reason };
      case "not checked":
        return { ...of, result: "not-checked", detail: verdict.reason };
    }
  });
}

/** A stack that cannot begin is one result of the run: the others go on, and the report tells of it. */
function asReport(fault: unknown): WorkReport {
  if (!(fault instanceof AutomationError)) {
    return { ...NOTHING, result: "unknown", detail: fault instanceof Error ? fault.message : String(fault) };
  }
  const detail = fault.hint === undefined ? fault.message : `${fault.message}; next: ${fault.hint}`;
  return { ...NOTHING, result: fault.code === "refused" ? "refused" : "failed", detail };
}

function outcomeOf({ result, detail = "" }: WorkReport, step: StackStep): WorkOutcome {
  switch (result) {
    case "unchanged":
    case "applied":
      return { kind: result };
    case "changing":
      // A rehearsal has brought it up: what depends on it has real outputs.
      return step === "rehearse" ? { kind: "applied" } : { kind: "changing" };
    case "stopped":
      return { kind: "stopped" };
    case "unknown":
      return { kind: "unknown", reason: detail };
    default:
      return { kind: "failed", reason: detail };
  }
}

function notBegun(outcome: StackOutcome | undefined): WorkReport {
  switch (outcome?.kind) {
    case "blocked":
      return { ...NOTHING, result: "blocked", detail: `by ${outcome.by.join(", ")}` };
    case "waiting":
      return { ...NOTHING, result: "waiting", detail: `for ${outcome.for.join(", ")}, whose outputs may change` };
    default:
      return { ...NOTHING, result: "stopped", detail: "it was told to stop" };
  }
}
