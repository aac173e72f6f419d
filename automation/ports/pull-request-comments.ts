import { TEXT_LIMITS, type TextLimit } from "../report/render-markdown";
import type { CommentChange, GithubPort, RepositoryName } from "./github";

/** Writes on the pull requests of one repository. */
export interface PullRequestComments {
  /** How long a comment may be. */
  readonly limit: TextLimit;
  /**
   * Writes the one comment that begins with a marker: updates the oldest that is the caller's own, removes further ones, and
   * makes one where there is none. Comments of others are never touched, even with the marker.
   */
  upsert(pullRequest: number, marker: string, body: string): Promise<CommentChange>;
}

/** The comments of a repository on GitHub. */
export function githubComments(
  github: Pick<GithubPort, "upsertComment">,
  repository: RepositoryName,
): PullRequestComments {
  return {
    limit: TEXT_LIMITS.githubComment,
    upsert: (pullRequest, marker, body) => github.upsertComment(repository, pullRequest, marker, body),
  };
}
