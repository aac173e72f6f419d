import type { PipelineEvent } from "../events/pipeline-event";
import { azureReposComments } from "../ports/azure-repos-comments";
import type { GithubPort } from "../ports/github";
import { githubComments, type PullRequestComments } from "../ports/pull-request-comments";

/**
 * Where the report of an event is commented: on Azure Repos where a job of Azure Pipelines says that its repository is there,
 * else on GitHub. Undefined where there is no token for that.
 * @see https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables
 */
export function commentsOf(
  event: Pick<PipelineEvent, "source" | "repository">,
  env: Readonly<Record<string, string | undefined>>,
  github: Pick<GithubPort, "upsertComment"> | undefined,
): PullRequestComments | undefined {
  if (event.source === "azure-pipelines" && env.BUILD_REPOSITORY_PROVIDER === "TfsGit") {
    const { SYSTEM_COLLECTIONURI: collection, SYSTEM_TEAMPROJECTID: project } = env;
    const { BUILD_REPOSITORY_ID: repository, SYSTEM_ACCESSTOKEN: token } = env;
    if (!collection || !project || !repository || !token) return undefined;
    return azureReposComments({ collection, project, repository, token });
  }
  return github && event.repository !== undefined ? githubComments(github, event.repository) : undefined;
}
