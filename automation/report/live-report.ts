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
const CLEAR_LINE = "\r\u001B[2K";
const REDRAW_MS = 100;

/**
 * On a terminal one line that is drawn over itself, with the time since the start and what is being worked on; else a line
 * for each resource that was changed.
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
  const draw = () => {
    const seconds = ((now() - startedAt) / 1000).toFixed(1);
    const line = `${FRAMES[frame++ % FRAMES.length]} ${OPERATION_TITLES[operation]} ${seconds} s  ${describe(tree)}`;
    terminal.out(`${CLEAR_LINE}${line.slice(0, terminal.width - 1)}`);
  };
  draw();
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  return {
    ended: () => {},
    stop: () => {
      clearInterval(timer);
      terminal.out(CLEAR_LINE);
    },
  };
}

function describe(tree: OperationTree): string {
  const running = tree.resources.filter(({ status, change }) => status === "running" && change !== "same");
  const done = tree.resources.length - running.length;
  const current = running.find(({ type }) => !type.startsWith("pulumi:pulumi:")) ?? running[0];
  const working = current && `${CHANGE_WORDS[current.change].planned} ${shortType(current.type)} ${current.name}`;
  return [`${done}/${tree.resources.length} resources`, working].filter(Boolean).join("  ");
}
