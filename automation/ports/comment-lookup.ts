import type { Comment } from "./github";

/**
 * The comments that begin with a marker and were written by `viewer`, oldest first. A comment of anybody else is left out:
 * whoever wrote it could change it back.
 */
export function ownComments(comments: readonly Comment[], viewer: string, marker: string): readonly Comment[] {
  return comments
    .filter(({ author, body }) => author.toLowerCase() === viewer.toLowerCase() && body.trimStart().startsWith(marker))
    .sort((a, b) => a.id - b.id);
}
