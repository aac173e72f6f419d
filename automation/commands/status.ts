import type { EventFlags } from "../events/read-event";
import { fileRecords } from "../engine/file-records";
import type { Target } from "../engine/engine-session";
import { expectedApprovals } from "../workspace/expected-approvals";
import { decidePipeline, type PipelineDecision } from "../workspace/decide-pipeline";
import type { VerbDeps } from "./verb";

export interface StatusOptions extends EventFlags {
  /** The directory from which the project is looked for. */
  readonly cwd: string;
  /** The environment, by its name or an alias. @default the one that the event is for */
  readonly env?: string;
  /** Whose history is looked at. */
  readonly target: Target;
  /** Approvals of which one opens the gate, as phrases; empty where nothing is applied and where nobody has to approve. */
  readonly expectedApprovals: readonly string[];
}

/** The whole decision of the pipeline. */
export interface StatusResult extends PipelineDecision {
  readonly kind: "status";
  readonly target: Target;
  /** Approvals of which one opens the gate, as phrases; empty where nothing is applied and where nobody has to approve. */
  readonly expectedApprovals: readonly string[];
}

/**
 * Tells all that the pipeline would do now, and why, from what is on the disk: nothing is run, fetched or asked for over a
 * network. A history that lies elsewhere is told to be unknown.
 */
export async function status(deps: Pick<VerbDeps, "git" | "env">, options: StatusOptions): Promise<StatusResult> {
  const { git, env = process.env } = deps;
  const { cwd, target, event, branch, baseBranch, commit } = options;
  const flags = { event, branch, baseBranch, commit };
  const readRecords = fileRecords(target, env);
  const decision = await decidePipeline({ git, env, readRecords }, { cwd, asked: options.env, flags });
  return { kind: "status", target, ...decision, expectedApprovals: expectedApprovals(decision) };
}
