import type { Terminal } from "../ports/terminal";
import type { OperationReport } from "../stack/run-operation";
import { isTooLong, renderCondensed, renderSlowest } from "./render-condensed";
import { renderMessages } from "./render-messages";
import { OPERATION_TITLES, renderSummary } from "./render-summary";
import { renderTree } from "./render-tree";

/** An operation that has ended: its tree where anything changes, its messages, and the counts. */
export function renderReport(report: OperationReport, terminal: Terminal): string[] {
  const { colours } = terminal;
  const failed = report.result !== "succeeded";
  return [
    `${colours.bold(OPERATION_TITLES[report.operation])}  ${headline(report)}`,
    ...(report.changed || failed ? resources(report, terminal).map((line) => `  ${line}`) : []),
    ...renderSlowest(report.tree),
    ...renderMessages(report.tree.messages, terminal),
    ...(report.fault ? [colours.red(`error: ${report.fault}`)] : []),
    "",
  ];
}

/** The whole tree; a person at a terminal gets what fits the screen. */
function resources({ tree }: OperationReport, terminal: Terminal): string[] {
  return isTooLong(tree, terminal) ? renderCondensed(tree, terminal) : renderTree(tree, terminal);
}

function headline(report: OperationReport): string {
  if (report.result === "succeeded") return renderSummary(report);
  const done = Object.entries(report.counts).some(([change, count]) => change !== "same" && count > 0);
  return `${report.result}${done ? `: ${renderSummary(report)}` : ""}`;
}
