import type { StackReport } from "../report/pipeline-report";
import type { WorkReport } from "../run/work-report";
import type { EnvironmentName } from "../stack/stack-for-branch";

/** What became of several stacks, each with its counts, its bundle and its gate. */
export interface StacksResult {
  readonly kind: "stacks";
  readonly step: "preview" | "apply";
  readonly environment: EnvironmentName;
  readonly stacks: readonly StackReport[];
}

/** The result of a run from what became of each of its stacks, by name. */
export function stacksResult(
  step: StacksResult["step"],
  environment: EnvironmentName,
  reports: ReadonlyMap<string, WorkReport>,
): StacksResult {
  const stacks = [...reports].map(([project, report]) => ({ ...report, project, environment, reasons: [] }));
  return { kind: "stacks", step, environment, stacks };
}
