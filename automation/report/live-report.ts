import type { Terminal } from "../ports/terminal";
import type { OperationName } from "../stack/run-operation";
import { CHANGE_WORDS } from "./change-words";
import type { OperationTree, ResourceRow } from "./operation-tree";
import { renderRow, shortType } from "./render-tree";
import { OPERATION_TITLES } from "./render-summary";

/** Shows an operation while it runs. */
export interface LiveReport {
  /** A resource's work has ended. */
  ended(row: ResourceRow): void;
  /** Takes the drawing off the screen. */
  stop(): void;
}

const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const REDRAW_MS = 100;

/** Most resources that are shown at once while they are worked on. */
const SHOWN = 8;

/**
 * On a terminal a few lines that are drawn over themselves: the time since the start, how far it is, and the resources that
 * are worked on, longest first, each with its own time. Else a line for each resource that was changed.
 */
export function liveReport(
  operation: OperationName,
  tree: OperationTree,
  terminal: Terminal,
  now: () => number,
): LiveReport {
  const planning = operation === "preview";
  if (!terminal.live) {
    return {
      ended: (row) => {
        if (!planning && row.change !== "same") terminal.out(`${renderRow(row, planning, terminal)}\n`);
      },
      stop: () => {},
    };
  }
  const startedAt = now();
  let frame = 0;
  let drawn = 0;
  const draw = () => {
    const at = now();
    const head = `${FRAMES[frame++ % FRAMES.length]} ${OPERATION_TITLES[operation]} ${seconds(at - startedAt)}  ${progress(tree)}`;
    const lines = [head, ...working(tree, at, (terminal.height ?? 24) - 2)];
    // A line that wraps would take two of the screen, and the next drawing begin too low.
    const text = lines.map((line) => `${line.slice(0, terminal.width - 1)}\n`).join("");
    terminal.out(`${above(drawn)}${text}`);
    drawn = lines.length;
  };
  draw();
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  return {
    ended: () => {},
    stop: () => {
      clearInterval(timer);
      terminal.out(above(drawn));
      drawn = 0;
    },
  };
}

/** Goes up over what is drawn, and clears from there on. */
function above(lines: number): string {
  return lines === 0 ? "" : `\r\u001B[${lines}A\u001B[J`;
}

function progress(tree: OperationTree): string {
  const done = tree.resources.filter((row) => !isWorking(row)).length;
  const failed = tree.resources.filter(({ status }) => status === "failed").length;
  return `${done}/${tree.resources.length} resources${failed > 0 ? `, ${failed} failed` : ""}`;
}

/** The resources that are worked on, longest first; of many only some. */
function working(tree: OperationTree, at: number, room: number): string[] {
  // The stack and components wait for their children.
  const parents = new Set(tree.resources.map(({ parent }) => parent));
  const isLeaf = ({ urn, type }: ResourceRow) => type !== "pulumi:pulumi:Stack" && !parents.has(urn);
  const rows = tree.resources.filter((row) => isWorking(row) && isLeaf(row));
  const limit = Math.max(1, Math.min(SHOWN, room));
  const shown = rows.slice(0, rows.length > limit ? limit - 1 : limit);
  const lines = shown.map((row) => {
    const { planned } = CHANGE_WORDS[row.change];
    return `  ${planned}  ${shortType(row.type)}  ${row.name}  ${seconds(at - row.startedAt)}`;
  });
  return rows.length > shown.length ? [...lines, `  and ${rows.length - shown.length} more`] : lines;
}

function isWorking({ status, change }: ResourceRow): boolean {
  return status === "running" && change !== "same";
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
