import type { Terminal } from "../ports/terminal";
import type { ResourceChange } from "./operation-tree";

/** How a change is shown: its sign, what is planned, and what was done. */
interface ChangeWords {
  readonly sign: string;
  readonly planned: string;
  readonly done: string;
  readonly colour: "green" | "yellow" | "magenta" | "red" | "cyan" | "dim";
}

/** The words of each change, in the order in which a summary counts them. */
export const CHANGE_WORDS: Readonly<Record<ResourceChange, ChangeWords>> = {
  create: { sign: "+", planned: "create", done: "created", colour: "green" },
  update: { sign: "~", planned: "update", done: "updated", colour: "yellow" },
  replace: { sign: "±", planned: "replace", done: "replaced", colour: "magenta" },
  delete: { sign: "-", planned: "delete", done: "deleted", colour: "red" },
  import: { sign: "=", planned: "import", done: "imported", colour: "green" },
  read: { sign: ">", planned: "read", done: "read", colour: "cyan" },
  refresh: { sign: "↻", planned: "refresh", done: "refreshed", colour: "cyan" },
  discard: { sign: "<", planned: "forget", done: "forgotten", colour: "red" },
  same: { sign: " ", planned: "unchanged", done: "unchanged", colour: "dim" },
};

/** Colours a text as its change. */
export function paint({ colours }: Terminal, change: ResourceChange, text: string): string {
  return colours[CHANGE_WORDS[change].colour](text);
}
