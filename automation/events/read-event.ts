import { AutomationError } from "../errors";
import type { GitPort } from "../ports/git";
import { azureEvent } from "./azure-event";
import { githubEvent } from "./github-event";
import type { PipelineEvent } from "./pipeline-event";
import { branchName, commitId } from "./ref-names";

/** An event that is told on the command line; what is not told is taken from the checked-out repository. */
export interface EventFlags {
  readonly event?: string;
  readonly branch?: string;
  /** The branch that a pull request goes to; with it the event is one. */
  readonly baseBranch?: string;
  readonly commit?: string;
}

/** What an event is read from. */
export interface EventSources {
  readonly git: Pick<GitPort, "currentBranch" | "headCommit">;
  /** The environment of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  readonly flags?: EventFlags;
}

/** The kinds of events, as `--event` takes them. */
export const EVENT_KINDS = ["push", "pull_request", "manual", "schedule"] as const;

/**
 * What happened: as the flags tell it, else as the CI system that runs this does, else the checked-out branch as if
 * somebody asked for it. Throws a usage error where a source is not what it should be.
 */
export async function readEvent({ git, env, directory, flags = {} }: EventSources): Promise<PipelineEvent> {
  const told = Object.values(flags).some((value) => value !== undefined);
  if (!told && env.GITHUB_ACTIONS === "true") return githubEvent(env);
  if (!told && env.TF_BUILD?.toLowerCase() === "true") return azureEvent(env);
  const branch = flags.branch ?? (await git.currentBranch(directory));
  const commit = flags.commit === undefined ? await git.headCommit(directory) : toldCommit(flags.commit);
  const base = flags.baseBranch;
  return {
    kind: kindOf(flags),
    source: told ? "flags" : "git",
    ...(branch !== undefined ? { branch: branchName(branch, flags.branch === undefined ? "git" : "--branch") } : {}),
    ...(base !== undefined ? { baseBranch: branchName(base, "--base-branch") } : {}),
    ...(commit !== undefined ? { commit } : {}),
    fork: false,
  };
}

function kindOf({ event, baseBranch }: EventFlags): PipelineEvent["kind"] {
  const kind = EVENT_KINDS.find((name) => name === event);
  if (event !== undefined && kind === undefined) {
    throw new AutomationError(
      "usage",
      `unknown event ${JSON.stringify(event)}, the events are ${EVENT_KINDS.join(", ")}`,
    );
  }
  if (kind === "pull_request" && baseBranch === undefined) {
    throw new AutomationError("usage", "a pull request without the branch that it goes to", {
      hint: "name it: --base-branch main",
    });
  }
  if (kind !== undefined && kind !== "pull_request" && baseBranch !== undefined) {
    throw new AutomationError("usage", `--base-branch belongs to a pull request, the event is ${kind}`, {
      hint: "leave out one of --event and --base-branch",
    });
  }
  return kind ?? (baseBranch === undefined ? "manual" : "pull_request");
}

function toldCommit(text: string): string {
  const commit = commitId(text);
  if (commit !== undefined) return commit;
  throw new AutomationError("usage", `--commit ${JSON.stringify(text)} is no full commit id`, {
    hint: "give all 40 digits, as git rev-parse HEAD prints them",
  });
}
