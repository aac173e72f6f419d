import type { CancelResult } from "../commands/cancel";
import type { DestroyResult } from "../commands/destroy";
import type { OutputsResult } from "../commands/outputs";
import type { RehearseResult } from "../commands/rehearse";
import type { OperationResult } from "../commands/verb";
import type { ExitKind } from "../exit-codes";
import type { Terminal } from "../ports/terminal";
import type { OperationReport } from "../stack/run-operation";
import { nameOf } from "./operation-tree";
import { maskedOutputs, renderOutputs } from "./render-outputs";
import { renderReport } from "./render-report";

/** What a verb of the CLI may answer. */
export type VerbResult = OperationResult | DestroyResult | OutputsResult | CancelResult | RehearseResult;

/** How the CLI ends after a result. */
export function exitKindOf(result: VerbResult): ExitKind {
  switch (result.kind) {
    case "refused":
      return "refused";
    case "failed":
    case "unsettled":
      return "fault";
    case "done":
    case "outputs":
    case "cancelled":
    case "rehearsed":
      return "done";
  }
}

/** A result as the lines that a person reads. */
export function renderResult(result: VerbResult, terminal: Terminal): string[] {
  const { colours } = terminal;
  switch (result.kind) {
    case "done":
      return renderReport(result.report, terminal);
    case "failed":
      return [...renderReport(result.report, terminal), ...nextAfterFailure(result.report)];
    case "refused":
      return [
        `destroy is refused: ${result.protected.length} resources of ${result.environment} are protected`,
        ...result.protected.map((urn) => `  ${nameOf(urn)}  ${colours.dim(urn)}`),
        "next: in a rehearsal, trunkline destroy --target rehearsal --remove-protection deletes them as well",
      ];
    case "outputs":
      return renderOutputs(result.outputs);
    case "cancelled":
      return [`the lock of ${result.environment} is removed`];
    case "unsettled":
      return [
        "the second preview has changes although nothing was changed since the update: the program never settles",
      ];
    case "rehearsed":
      return [
        colours.bold("Outputs"),
        ...renderOutputs(result.outputs).map((line) => `  ${line}`),
        "",
        `State lives in ${result.statePlace}`,
        "Try next:",
        `  npx trunkline rehearse --env ${result.environment === "prd" ? "dev" : "prd"}`,
        `  npx trunkline outputs --target rehearsal --env ${result.environment} --json`,
        `  npx trunkline destroy --target rehearsal --env ${result.environment}`,
      ];
  }
}

/** A result as one JSON document, secrets masked. */
export function resultJson(result: VerbResult): unknown {
  switch (result.kind) {
    case "done":
    case "failed":
    case "unsettled":
      return { ...result, report: reportJson(result.report) };
    case "outputs":
      return { ...result, outputs: maskedOutputs(result.outputs) };
    case "rehearsed":
      return { ...result, outputs: maskedOutputs(result.outputs), reports: result.reports.map(reportJson) };
    case "refused":
    case "cancelled":
      return result;
  }
}

function reportJson({ tree, ...report }: OperationReport): unknown {
  const resources = tree.resources.map(({ startedAt, endedAt, ...row }) => ({
    ...row,
    durationMs: Math.round((endedAt ?? startedAt) - startedAt),
  }));
  return { ...report, durationMs: Math.round(report.durationMs), resources, messages: tree.messages };
}

function nextAfterFailure({ operation, result }: OperationReport): string[] {
  if (result === "cancelled") return [`${operation} was stopped; the state is whole, and the next run goes on from it`];
  return operation === "preview" ? [] : ["what was done until then is in the state; correct the cause and run again"];
}
