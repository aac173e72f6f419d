import { AutomationError } from "../errors";
import type { RepositoryName } from "./github";
import { githubClient, type GithubAccess } from "./github-client";

/** A pull request that is to be there. */
export interface ProposedPullRequest {
  /** The branch that is to be merged. */
  readonly head: string;
  readonly base: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/** What became of a pull request. */
export interface PullRequestChange {
  readonly kind: "created" | "updated";
  readonly number: number;
  readonly url: string;
}

/** Opens pull requests. */
export interface PullRequestsPort {
  /** Updates the open pull request between two branches, or opens one. Throws AutomationError where GitHub refuses. */
  propose(repository: RepositoryName, pullRequest: ProposedPullRequest): Promise<PullRequestChange>;
}

/** Reaches GitHub through Octokit. See https://docs.github.com/en/rest/pulls/pulls. */
export function octokitPullRequests(access: GithubAccess): PullRequestsPort {
  const client = githubClient(access);
  return {
    async propose(repository, { head, base, title, body }) {
      const [owner = "", repo = ""] = repository.split("/");
      try {
        const list = { owner, repo, head: `${owner}:${head}`, base, state: "open", per_page: 100 } as const;
        const { data: open } = await client.request("GET /repos/{owner}/{repo}/pulls", list);
        const [found] = open;
        if (found) {
          const route = "PATCH /repos/{owner}/{repo}/pulls/{pull_number}";
          await client.request(route, { owner, repo, pull_number: found.number, title, body });
          return { kind: "updated", number: found.number, url: found.html_url };
        }
        const { data } = await client.request("POST /repos/{owner}/{repo}/pulls", {
          owner,
          repo,
          head,
          base,
          title,
          body,
        });
        return { kind: "created", number: data.number, url: data.html_url };
      } catch (cause) {
        const { status, message } = cause as { status?: number; message: string };
        const unchanged = /no commits between/i.test(message);
        throw new AutomationError(
          "fault",
          `github does not open a pull request from ${head} to ${base} of ${repository}: ${message}`,
          {
            hint: unchanged
              ? `${head} has nothing that ${base} lacks: there is nothing to propose`
              : status === 403
                ? "give the job pull-requests: write, and let Actions create pull requests in the settings of the repository"
                : "run the job again when GitHub answers",
            cause,
          },
        );
      }
    },
  };
}
