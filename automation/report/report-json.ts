import type { OperationReport } from "../stack/run-operation";

/** An operation that has ended, as data. */
export function reportJson({ tree, ...report }: OperationReport): unknown {
  const resources = tree.resources.map(({ startedAt, endedAt, inputs: _inputs, ...row }) => ({
    ...row,
    durationMs: Math.round((endedAt ?? startedAt) - startedAt),
  }));
  return { ...report, durationMs: Math.round(report.durationMs), resources, messages: tree.messages };
}
