import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** What marks the root of a workspace; the first that is found from a directory upwards counts, in this order. */
const MARKS = ["trunkline.yaml", ".git"];

/**
 * The root of the workspace that a directory belongs to: the nearest directory with a `trunkline.yaml`, else the root of
 * its git repository, else itself. Its projects share one rehearsal.
 */
export function workspaceRoot(directory: string): string {
  const start = resolve(directory);
  for (const mark of MARKS) {
    const root = above(start).find((candidate) => existsSync(join(candidate, mark)));
    if (root !== undefined) return root;
  }
  return start;
}

function above(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...above(parent)];
}
