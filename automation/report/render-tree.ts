import type { Terminal } from "../ports/terminal";
import { CHANGE_WORDS, paint } from "./change-words";
import type { OperationTree, ResourceRow } from "./operation-tree";

/** The resources as lines of a tree, each with its status, type and name. */
export function renderTree(tree: OperationTree, terminal: Terminal): string[] {
  const rows = tree.resources;
  const known = new Set(rows.map(({ urn }) => urn));
  const children = new Map<string, ResourceRow[]>();
  for (const row of rows) {
    const parent = known.has(row.parent) ? row.parent : "";
    const siblings = children.get(parent);
    if (siblings) siblings.push(row);
    else children.set(parent, [row]);
  }
  const lines: { readonly row: ResourceRow; readonly label: string }[] = [];
  const visit = (parent: string, indent: string) => {
    const siblings = children.get(parent) ?? [];
    for (const [index, row] of siblings.entries()) {
      const last = index === siblings.length - 1;
      const branch = parent === "" ? "" : last ? "└─ " : "├─ ";
      lines.push({ row, label: `${indent}${branch}${shortType(row.type)}  ${row.name}` });
      visit(row.urn, parent === "" ? "" : `${indent}${last ? "   " : "│  "}`);
    }
  };
  visit("", "");
  const statuses = rows.map((row) => statusOf(row, tree.planning).length);
  const width = Math.max(0, ...statuses);
  return lines.map(({ row, label }) => {
    const { sign } = CHANGE_WORDS[row.change];
    return paint(terminal, row.change, `${sign} ${statusOf(row, tree.planning).padEnd(width)}  ${label}`);
  });
}

/** One line for a resource whose work has ended. */
export function renderRow(row: ResourceRow, planning: boolean, terminal: Terminal): string {
  const { sign } = CHANGE_WORDS[row.change];
  return paint(terminal, row.change, `${sign} ${statusOf(row, planning)}  ${shortType(row.type)}  ${row.name}`);
}

/** `aws:s3/bucket:Bucket` as `aws:s3:Bucket`: the middle repeats the name of the class. */
export function shortType(type: string): string {
  return type.replace(/\/[^:]*:/, ":");
}

function statusOf({ change, status, startedAt, endedAt }: ResourceRow, planning: boolean): string {
  const { planned, done } = CHANGE_WORDS[change];
  if (planning) return planned;
  if (status === "failed") return `${planned} failed`;
  if (status === "running") return `${planned} not finished`;
  const seconds = ((endedAt ?? startedAt) - startedAt) / 1000;
  return seconds >= 1 && change !== "same" ? `${done} (${seconds.toFixed(1)} s)` : done;
}
