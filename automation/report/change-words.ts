import type { Terminal } from "../ports/terminal";
import type { ResourceChange } from "./operation-tree";

/** How changes are spoken of: as planned, as done, or as found by a comparison of the state with the cloud. */
export type Tense = "planned" | "done" | "found";

/** How a change is shown: its sign, what is planned, what was done, and what a comparison with the cloud calls it. */
interface ChangeWords extends Readonly<Record<Tense, string>> {
  readonly sign: string;
  readonly colour: "green" | "yellow" | "magenta" | "red" | "cyan" | "dim";
}

/** The words of each change, in the order in which a summary counts them. */
export const CHANGE_WORDS: Readonly<Record<ResourceChange, ChangeWords>> = {
  create: { sign: "+", planned: "create", done: "created", found: "new", colour: "green" },
  update: { sign: "~", planned: "update", done: "updated", found: "drifted", colour: "yellow" },
  replace: { sign: "±", planned: "replace", done: "replaced", found: "replaced", colour: "magenta" },
  delete: { sign: "-", planned: "delete", done: "deleted", found: "gone", colour: "red" },
  import: { sign: "=", planned: "import", done: "imported", found: "new", colour: "green" },
  read: { sign: ">", planned: "read", done: "read", found: "read", colour: "cyan" },
  refresh: { sign: "↻", planned: "refresh", done: "refreshed", found: "differs as allowed", colour: "cyan" },
  discard: { sign: "<", planned: "forget", done: "forgotten", found: "gone", colour: "red" },
  same: { sign: " ", planned: "unchanged", done: "unchanged", found: "as recorded", colour: "dim" },
};

/** Colours a text as its change. */
export function paint({ colours }: Terminal, change: ResourceChange, text: string): string {
  return colours[CHANGE_WORDS[change].colour](text);
}
