import { z } from "zod";
import { TEXT_LIMITS } from "../report/render-markdown";
import { azureDevopsClient, azureDevopsStatus, type AzureDevopsAccess } from "./azure-devops-client";
import type { PullRequestComments } from "./pull-request-comments";

/** Which repository of Azure Repos is written to. */
export interface AzureReposAccess extends AzureDevopsAccess {
  /** The project's id or name. */
  readonly project: string;
  /** The repository's id or name. */
  readonly repository: string;
}

const viewer = z.object({ authenticatedUser: z.object({ id: z.string() }) });

const thread = z.object({
  id: z.number(),
  isDeleted: z.boolean().nullish(),
  comments: z
    .array(
      z.object({
        id: z.number(),
        content: z.string().nullish(),
        isDeleted: z.boolean().nullish(),
        author: z.object({ id: z.string() }).nullish(),
      }),
    )
    .nullish(),
});

const threads = z.object({ value: z.array(thread) });

/** A report is nothing that anybody has to resolve: https://learn.microsoft.com/rest/api/azure/devops/git/pull-request-threads. */
const CLOSED = "closed";

/** How often a comment is made anew that nobody knows of whether it was made. */
const ATTEMPTS = 3;

/**
 * The comments on pull requests of a repository of Azure Repos: a comment is the first one of a thread. The API answers all
 * threads of a pull request at once.
 * @see https://learn.microsoft.com/en-us/rest/api/azure/devops/git/pull-request-threads
 */
export function azureReposComments(access: AzureReposAccess): PullRequestComments {
  const { collection, project, repository } = access;
  const ask = azureDevopsClient(access);
  const [at, repo] = [encodeURIComponent(project), encodeURIComponent(repository)];
  const pull = (number: number) => `${at}/_apis/git/repositories/${repo}/pullRequests/${number}/threads`;

  async function own(number: number, marker: string): Promise<{ thread: number; comment: number }[]> {
    // The resource has no released version.
    const { authenticatedUser } = viewer.parse(await ask("GET", "_apis/connectionData?api-version=7.1-preview"));
    const { value } = threads.parse(await ask("GET", pull(number)));
    return value
      .filter(({ isDeleted }) => !isDeleted)
      .flatMap(({ id, comments }) => {
        const first = comments?.[0];
        const ours = first && !first.isDeleted && first.author?.id === authenticatedUser.id;
        return ours && first.content?.trimStart().startsWith(marker) ? [{ thread: id, comment: first.id }] : [];
      })
      .sort((a, b) => a.thread - b.thread);
  }

  const page = (number: number, discussion: number) => {
    const url = new URL(
      `${at}/_git/${repo}/pullrequest/${number}`,
      collection.endsWith("/") ? collection : `${collection}/`,
    );
    url.searchParams.set("discussionId", String(discussion));
    return url.href;
  };

  return {
    limit: TEXT_LIMITS.azureDevopsComment,
    async upsert(number, marker, body) {
      for (let attempt = 1; ; attempt++) {
        const [first, ...further] = await own(number, marker);
        if (first) {
          await ask("PATCH", `${pull(number)}/${first.thread}/comments/${first.comment}`, { content: body });
          for (const one of further) await ask("DELETE", `${pull(number)}/${one.thread}/comments/${one.comment}`);
          return { kind: "updated", url: page(number, first.thread) };
        }
        try {
          const comments = [{ parentCommentId: 0, content: body, commentType: "text" }];
          const made = thread.parse(await ask("POST", pull(number), { comments, status: CLOSED }));
          return { kind: "created", url: page(number, made.id) };
        } catch (fault) {
          // It may have been made, and only its answer lost: look again before making another.
          if (attempt === ATTEMPTS || isFinal(fault)) throw fault;
        }
      }
    },
  };
}

/** An answer that another attempt does not change. */
function isFinal(fault: unknown): boolean {
  const status = azureDevopsStatus(fault);
  return status !== undefined && status >= 400 && status < 500 && status !== 429;
}
