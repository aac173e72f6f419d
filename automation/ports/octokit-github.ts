import { AutomationError } from "../errors";
import { ownComments } from "./comment-lookup";
import type { CommitStatus, GithubPort, RepositoryName, Review } from "./github";
import { protectionOf, pullRequestOf } from "./github-answers";
import { githubClient, type GithubAccess } from "./github-client";

/** GitHub's longest description of a status, in characters. */
const STATUS_DESCRIPTION = 140;

const PAGE = { per_page: 100 };

/** Reaches GitHub through Octokit. */
export function octokitGithub(access: GithubAccess): GithubPort {
  const client = githubClient(access);
  return {
    environmentProtection: (repository, environment) =>
      answered(`the environment ${environment} of ${repository}`, async () => {
        const route = "GET /repos/{owner}/{repo}/environments/{environment_name}";
        const { data } = await client.request(route, { ...split(repository), environment_name: environment });
        return protectionOf(data);
      }),
    pullRequest: (repository, number) =>
      answered(`pull request ${number} of ${repository}`, async () => {
        const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
        const { data } = await client.request(route, { ...split(repository), pull_number: number });
        return pullRequestOf(data);
      }),
    pullRequestsOfCommit: (repository, commit) =>
      needed(`the pull requests of commit ${commit} in ${repository}`, async () => {
        const route = "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls";
        const found = await client.paginate(route, { ...split(repository), commit_sha: commit, ...PAGE });
        return found.map(pullRequestOf);
      }),
    reviewsOf: (repository, pullRequest) =>
      needed(`the reviews of pull request ${pullRequest} of ${repository}`, async () => {
        const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
        const found = await client.paginate(route, { ...split(repository), pull_number: pullRequest, ...PAGE });
        return found.map(({ user, state, commit_id, submitted_at }) => ({
          user: user?.login ?? "ghost",
          state: state.toLowerCase() as Review["state"],
          commit: commit_id ?? undefined,
          submittedAt: submitted_at,
        }));
      }),
    teamMembers: (organization, team) =>
      answered(`the members of team ${organization}/${team}`, async () => {
        const route = "GET /orgs/{org}/teams/{team_slug}/members";
        const members = await client.paginate(route, { org: organization, team_slug: team, ...PAGE });
        return members.map(({ login }) => login);
      }),
    workflowRun: (repository, run) =>
      answered(`workflow run ${run} of ${repository}`, async () => {
        const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}";
        const { data } = await client.request(route, { ...split(repository), run_id: run });
        const { id, run_attempt, status, conclusion, head_sha, event } = data;
        return {
          id: Number(id),
          attempt: run_attempt ?? 1,
          status: status ?? "unknown",
          conclusion: conclusion ?? undefined,
          headCommit: head_sha,
          event,
        };
      }),
    runApprovals: (repository, run) =>
      needed(`the approvals of workflow run ${run} of ${repository}`, async () => {
        const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals";
        const { data } = await client.request(route, { ...split(repository), run_id: run });
        return data.map(({ user, state, environments }) => ({
          user: user.login ?? "ghost",
          state,
          environments: environments.map(({ name }) => name ?? ""),
        }));
      }),
    comments: (repository, pullRequest) =>
      needed(`the comments on pull request ${pullRequest} of ${repository}`, async () => {
        const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
        const found = await client.paginate(route, { ...split(repository), issue_number: pullRequest, ...PAGE });
        return found.map(({ id, user, body, html_url }) => ({
          id: Number(id),
          author: user?.login ?? "ghost",
          body: body ?? "",
          url: html_url,
        }));
      }),
    async upsertComment(repository, pullRequest, marker, body) {
      const viewer = await needed("who the token belongs to", async () => {
        const { viewer } = await client.graphql<{ viewer: { login: string } }>("query { viewer { login } }");
        return viewer.login;
      });
      const [own, ...further] = ownComments(await this.comments(repository, pullRequest), viewer, marker);
      return needed(`the comment on pull request ${pullRequest} of ${repository}`, async () => {
        const target = split(repository);
        if (!own) {
          const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
          const { data } = await client.request(route, { ...target, issue_number: pullRequest, body });
          return { kind: "created", url: data.html_url };
        }
        const route = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";
        const { data } = await client.request(route, { ...target, comment_id: own.id, body });
        for (const { id } of further) {
          await client.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", {
            ...target,
            comment_id: id,
          });
        }
        return { kind: "updated", url: data.html_url };
      });
    },
    setStatus: (repository, commit, status) =>
      needed(`the status ${status.context} of commit ${commit} in ${repository}`, async () => {
        const route = "POST /repos/{owner}/{repo}/statuses/{sha}";
        await client.request(route, { ...split(repository), sha: commit, ...statusBody(status) });
      }),
  };
}

/** Answers what GitHub has; undefined where it has nothing of that name. */
async function answered<T>(what: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await needed(what, call);
  } catch (error) {
    if (statusOf((error as Error).cause) === 404) return undefined;
    throw error;
  }
}

async function needed<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const status = statusOf(cause);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AutomationError("fault", `github has no answer for ${what}: ${status ?? "no connection"}: ${reason}`, {
      hint: hintFor(status),
      cause,
    });
  }
}

/** The HTTP status of an error of Octokit, which has one of 500 where nothing answered too. */
function statusOf(cause: unknown): number | undefined {
  const { status } = cause as { status?: unknown };
  return typeof status === "number" ? status : undefined;
}

function hintFor(status: number | undefined): string {
  if (status === 401) return "the token is not valid: give the step GITHUB_TOKEN";
  if (status === 403 || status === 404) return "give the job the permission that this needs, see docs/pipeline.md";
  return "run the job again when GitHub answers";
}

function split(repository: RepositoryName): { owner: string; repo: string } {
  const [owner, repo, ...rest] = repository.split("/");
  if (!owner || !repo || rest.length > 0) {
    throw new AutomationError("usage", `"${repository}" is no repository of GitHub: it has to be owner/name`);
  }
  return { owner, repo };
}

function statusBody({ context, state, description, url }: CommitStatus) {
  return { context, state, description: description.slice(0, STATUS_DESCRIPTION), ...(url && { target_url: url }) };
}
