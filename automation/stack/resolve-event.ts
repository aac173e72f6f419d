import type { PipelineEvent } from "../events/pipeline-event";
import { DEFAULT_RULES, stackForBranch, type EnvironmentName, type RuleTable } from "./stack-for-branch";

/** What the pipeline does upon an event. */
export type PipelineAction =
  /** Previews, asks the gate, and applies. */
  | "deploy"
  /** Previews and reports, with credentials that only read. */
  | "preview"
  /** Rehearses and reports, without any credentials. */
  | "rehearse"
  /** Compares the cloud with the state. */
  | "drift";

/** Which environment an event is for and what is done there, or why nothing is. */
export type Resolution =
  | {
      readonly kind: "environment";
      readonly environment: EnvironmentName;
      readonly action: PipelineAction;
      /** The line of the rule table that decided. */
      readonly rule: string;
      readonly reason: string;
    }
  | { readonly kind: "none"; readonly reason: string };

/** Decides upon an event by the rule table: a pull request by the branch that it goes to, all else by its own branch. */
export function resolveEvent(event: PipelineEvent, table: RuleTable = DEFAULT_RULES): Resolution {
  const pullRequest = event.kind === "pull_request";
  const branch = pullRequest ? event.baseBranch : event.branch;
  if (branch === undefined) return { kind: "none", reason: withoutBranch(event) };
  const decision = stackForBranch(branch, table);
  if (decision.kind === "none") {
    return pullRequest ? { kind: "none", reason: `the pull request goes to ${branch}: ${decision.reason}` } : decision;
  }
  const { environment, rule } = decision;
  const action = actionOf(event);
  const reason = pullRequest
    ? `the pull request goes to ${branch}, which deploys to ${environment}${event.fork ? "; it comes from a fork" : ""}`
    : decision.reason;
  return { kind: "environment", environment, action, rule, reason };
}

function actionOf({ kind, fork }: PipelineEvent): PipelineAction {
  if (fork) return "rehearse";
  switch (kind) {
    case "pull_request":
      return "preview";
    case "schedule":
      return "drift";
    case "push":
    case "manual":
      return "deploy";
  }
}

function withoutBranch({ kind, source }: PipelineEvent): string {
  if (kind === "pull_request") return "the pull request does not say which branch it goes to";
  return source === "git" || source === "flags"
    ? "no branch is checked out"
    : "no branch was pushed: tags and deleted branches deploy nowhere";
}
