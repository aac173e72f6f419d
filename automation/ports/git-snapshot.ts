import { resolve } from "node:path";
import { realpathSync } from "node:fs";
import type { GitPort } from "./git";

/**
 * git as one decision about a directory sees it: what has to be known of the working tree is asked at once, and each question
 * once, so that nothing is walked through twice.
 */
export function gitSnapshot(git: GitPort, directory: string): GitPort {
  const root = real(directory);
  const untracked = git.untrackedFiles(root);
  const [head, modified] = [git.headCommit(root), git.modifiedFiles(root, untracked)];
  const isRoot = (other: string) => real(other) === root;
  return {
    ...git,
    headCommit: (other) => (isRoot(other) ? head : git.headCommit(other)),
    modifiedFiles: (other, known) => (isRoot(other) ? modified : git.modifiedFiles(other, known)),
    untrackedFiles: (other) => (isRoot(other) ? untracked : git.untrackedFiles(other)),
    filesNamed: (other, name, known) => git.filesNamed(other, name, isRoot(other) ? untracked : known),
  };
}

/** Callers name the same directory with links in its path and without. */
function real(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return resolve(directory);
  }
}
