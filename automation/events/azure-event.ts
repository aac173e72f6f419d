import { AutomationError } from "../errors";
import type { PipelineEvent } from "./pipeline-event";
import { actorName, branchName, branchOfRef, commitId, repositoryName, runId } from "./ref-names";

type Environment = Readonly<Record<string, string | undefined>>;

/** The reasons of Azure Pipelines that the pipeline knows, by what they are to it. */
const KINDS: Readonly<Record<string, PipelineEvent["kind"]>> = {
  IndividualCI: "push",
  BatchedCI: "push",
  PullRequest: "pull_request",
  Manual: "manual",
  ResourceTrigger: "manual",
  BuildCompletion: "manual",
  Schedule: "schedule",
};

/**
 * Reads what happened from the predefined variables of an Azure Pipelines job, for repositories of Azure Repos and of
 * GitHub. Throws a usage error for a reason that the pipeline does not know, a pull request without its branches, and a
 * branch that git would not allow.
 * @see https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables
 */
export function azureEvent(env: Environment): PipelineEvent {
  const reason = env.BUILD_REASON ?? "";
  const kind = Object.hasOwn(KINDS, reason) ? KINDS[reason] : undefined;
  if (kind === undefined) {
    throw new AutomationError(
      "usage",
      `the reason ${JSON.stringify(reason)} of Azure Pipelines is none that decides anything; those are ${Object.keys(KINDS).join(", ")}`,
      { hint: "run for one of these reasons, or say what to do: --event manual --branch main" },
    );
  }
  const told = {
    kind,
    source: "azure-pipelines",
    actor: actorName(env.BUILD_REQUESTEDFOR),
    repository: repositoryName(env.BUILD_REPOSITORY_NAME),
    run: runId(env.BUILD_BUILDID, env.SYSTEM_JOBATTEMPT),
  } as const;
  const event: PipelineEvent =
    kind === "pull_request" ? pullRequest(env, told) : { ...told, ...pushed(env), fork: false };
  return Object.fromEntries(
    Object.entries(event).filter(([, value]) => value !== undefined),
  ) as unknown as PipelineEvent;
}

function pushed(env: Environment): Pick<PipelineEvent, "branch" | "commit"> {
  return {
    branch: branchOfRef(env.BUILD_SOURCEBRANCH, "BUILD_SOURCEBRANCH"),
    commit: commitId(env.BUILD_SOURCEVERSION),
  };
}

function pullRequest(env: Environment, told: Pick<PipelineEvent, "kind" | "source">): PipelineEvent {
  // The id is that of Azure Repos, the number that of GitHub.
  const number = Number(env.SYSTEM_PULLREQUEST_PULLREQUESTNUMBER ?? env.SYSTEM_PULLREQUEST_PULLREQUESTID);
  return {
    ...told,
    branch: pullRequestBranch(env, "SYSTEM_PULLREQUEST_SOURCEBRANCH"),
    baseBranch: pullRequestBranch(env, "SYSTEM_PULLREQUEST_TARGETBRANCH"),
    commit: commitId(env.SYSTEM_PULLREQUEST_SOURCECOMMITID),
    pullRequest: Number.isSafeInteger(number) && number > 0 ? number : undefined,
    // Only what is told not to be one is none.
    fork: env.SYSTEM_PULLREQUEST_ISFORK?.toLowerCase() !== "false",
  };
}

/** Azure Repos gives full references here, GitHub the names of branches. */
function pullRequestBranch(env: Environment, variable: string): string {
  const text = env[variable];
  if (text === undefined) {
    throw new AutomationError("usage", `a pull request without its branches: ${variable} is not set`, {
      hint: "run inside a job of Azure Pipelines, or tell the event: --event pull_request --base-branch main",
    });
  }
  return branchOfRef(text, variable) ?? branchName(text, variable);
}
