import type { Terminal } from "../ports/terminal";
import { CHANGE_WORDS, paint } from "./change-words";
import type { OperationTree, ResourceChange, ResourceRow } from "./operation-tree";
import { renderRow, shortType } from "./render-tree";

/** Lines of a screen that the heading, messages and the prompt take. */
const RESERVED = 12;

/** Most resources that are told as the slowest ones. */
const SLOWEST = 5;

/** From when on a resource counts as slow, in milliseconds. */
const SLOW_MS = 1000;

/** Whether a tree is too long for the screen that somebody looks at. */
export function isTooLong(tree: OperationTree, terminal: Terminal): boolean {
  return terminal.live && tree.resources.length > Math.max(1, (terminal.height ?? 24) - RESERVED);
}

/** Changes by which something is lost: each is told by name. */
const LOSSES: readonly ResourceChange[] = ["delete", "replace", "discard"];

/** The resources in the lines of one screen: what failed or is lost by name, what else changes by type with its number. */
export function renderCondensed(tree: OperationTree, terminal: Terminal): string[] {
  const room = Math.max(3, (terminal.height ?? 24) - RESERVED);
  const hasFailed = ({ status }: ResourceRow) => status !== "done" && !tree.planning;
  const changed = tree.resources.filter((row) => row.change !== "same" || hasFailed(row));
  const graves = changed.filter((row) => hasFailed(row) || LOSSES.includes(row.change));
  const named = graves.sort((a, b) => Number(hasFailed(b)) - Number(hasFailed(a))).slice(0, room - 2);
  const groups = grouped(changed.filter((row) => !named.includes(row)));
  const left = room - named.length;
  const shown = groups.length > left ? groups.slice(0, left - 1) : groups;
  const rest = groups.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  return [
    ...named.map((row) => renderRow(row, tree.planning, terminal)),
    ...shown.map(({ row: { change, type }, count }) => {
      const { sign, planned, done } = CHANGE_WORDS[change];
      return paint(terminal, change, `${sign} ${tree.planning ? planned : done}  ${count} × ${shortType(type)}`);
    }),
    ...(rest > 0 ? [`… and ${rest} resources more; --json has all of them`] : []),
  ];
}

/** Rows of one change and type together, losses first, then those with most resources. */
function grouped(rows: readonly ResourceRow[]): { readonly row: ResourceRow; readonly count: number }[] {
  const groups = new Map<string, { row: ResourceRow; count: number }>();
  for (const row of rows) {
    const key = `${row.change} ${row.type}`;
    const group = groups.get(key);
    if (group) group.count += 1;
    else groups.set(key, { row, count: 1 });
  }
  const lost = ({ row }: { row: ResourceRow }) => Number(LOSSES.includes(row.change));
  return [...groups.values()].sort((a, b) => lost(b) - lost(a) || b.count - a.count);
}

/** One line with the resources that took longest; none where nothing took a second. */
export function renderSlowest(tree: OperationTree): string[] {
  if (tree.planning) return [];
  const parents = new Set(tree.resources.map(({ parent }) => parent));
  const timed = tree.resources
    .filter(({ urn, change, endedAt }) => change !== "same" && endedAt !== undefined && !parents.has(urn))
    .map(({ type, name, startedAt, endedAt = startedAt }) => ({ type, name, took: endedAt - startedAt }))
    .filter(({ took }) => took >= SLOW_MS)
    .sort((a, b) => b.took - a.took)
    .slice(0, SLOWEST);
  if (timed.length === 0) return [];
  const told = timed.map(({ type, name, took }) => `${name} (${shortType(type)}) ${(took / 1000).toFixed(1)} s`);
  return [`slowest: ${told.join(", ")}`];
}
