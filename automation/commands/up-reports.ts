import { readBundle } from "../bundle/read-bundle";
import type { StackReport } from "../report/pipeline-report";
import { bundleWork, NOTHING, notBegun, type WorkReport } from "../run/work-report";
import { deployedWork } from "../run/stack-work";
import type { RunResult } from "./run-result";
import type { RunUpOptions, RunUpResult } from "./run-up";
import type { Recorded } from "./with-run-report";

/** What an update in any of its ways did, as reports of its stacks. */
export async function upReports(
  result: RunUpResult,
  recorded: Recorded,
  { bundle }: Pick<RunUpOptions, "bundle">,
): Promise<StackReport[]> {
  if (result.kind === "remote") return [];
  const { environment } = result;
  const of = (project: string, work: WorkReport): StackReport => ({ ...work, project, environment, reasons: [] });
  if (result.kind === "stacks") return result.stacks.map((stack) => withRecorded(stack, recorded));
  if (result.kind === "run") return result.stacks.map((stack) => of(stack.stack, runWork(stack, recorded)));
  if ("bundle" in result)
    return [of(result.bundle.project, withDetails(deployedWork(result), recorded.get(result.bundle.project)))];
  if ("decision" in result) {
    // It was refused before anything was opened: what it is about lies in the bundle alone.
    const read = bundle === undefined ? undefined : await readBundle(bundle);
    const known = read?.kind === "bundle" ? bundleWork(read.bundle) : {};
    return [of(read?.kind === "bundle" ? read.bundle.project : "", { ...NOTHING, ...known, ...deployedWork(result) })];
  }
  return [...recorded].map(([project, work]) => of(project, work));
}

/** A report of a stack with the properties and times that were recorded, where it has none of its own. */
export function withRecorded(stack: StackReport, recorded: Recorded): StackReport {
  return { ...stack, ...withDetails(stack, recorded.get(stack.project)) };
}

function withDetails(
  work: Partial<WorkReport> & Pick<WorkReport, "result">,
  recorded: WorkReport | undefined,
): WorkReport {
  const { resources, changes = [] } = { ...NOTHING, ...work };
  return {
    ...NOTHING,
    ...work,
    changes: changes.length > 0 ? changes : (recorded?.changes ?? []),
    ...((recorded?.resources ?? resources) && { resources: recorded?.resources ?? resources }),
  };
}

function runWork({ stack, outcome }: RunResult["stacks"][number], recorded: Recorded): WorkReport {
  const work = recorded.get(stack);
  switch (outcome.kind) {
    case "before":
      return { ...NOTHING, result: "applied", detail: "before the run was resumed" };
    case "blocked":
    case "waiting":
      return notBegun(outcome);
    case "failed":
    case "unknown":
    case "refused":
      return { ...(work ?? NOTHING), result: outcome.kind, detail: outcome.reason };
    default:
      return { ...(work ?? NOTHING), result: outcome.kind };
  }
}
