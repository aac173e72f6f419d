import { ciMatrices, type CiMatrix } from "../workspace/ci-matrices";
import type { EventFlags } from "../events/read-event";
import { decidePipeline, type PipelineDecision } from "../workspace/decide-pipeline";
import { recordsOf } from "../workspace/records-of";
import type { VerbDeps, VerbOptions } from "./verb";

export interface MatrixOptions extends VerbOptions, EventFlags {}

/** The stacks that are to be brought up, as matrices of a CI system. */
export interface MatrixResult {
  readonly kind: "matrix";
  readonly resolution: PipelineDecision["resolution"];
  /** In this order; those of one wave may run at the same time. */
  readonly matrices: readonly CiMatrix[];
  /** Stacks that nothing bears on that changed. */
  readonly unchanged: readonly string[];
}

/**
 * Tells which stacks changed since their last deployments, in waves: commits that a shallow clone lacks are fetched, and
 * histories are read from where the engine keeps them.
 */
export async function matrix(deps: VerbDeps, options: MatrixOptions): Promise<MatrixResult> {
  const { git, env = process.env, openEngine } = deps;
  const { cwd, target, engine, event, branch, baseBranch, commit } = options;
  const readRecords = recordsOf({ openEngine, env }, { target, engine });
  const flags = { event, branch, baseBranch, commit };
  const decision = await decidePipeline({ git, env, readRecords }, { cwd, asked: options.env, flags, fetch: true });
  const { resolution, stacks } = decision;
  const unchanged = stacks.filter(({ reasons }) => reasons.length === 0).map(({ project }) => project.name);
  return { kind: "matrix", resolution, matrices: ciMatrices(stacks), unchanged };
}
