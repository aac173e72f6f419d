import type { StatusResult } from "../commands/status";
import { reasonText } from "../changes/reason";
import type { PipelineEvent } from "../events/pipeline-event";
import type { Terminal } from "../ports/terminal";
import type { PipelineAction } from "../stack/resolve-event";
import type { Presenter } from "../verbs/verb-definition";
import type { StackDecision } from "../workspace/decide-pipeline";

/** What is done upon an event, and what opens the gate then. */
const ACTIONS: Readonly<Record<PipelineAction, { readonly action: string; readonly gate: string }>> = {
  deploy: {
    action: "plan, ask the gate, and bring up",
    gate: "opens for a bundle that is not expired, when nothing that it is bound to has moved and approvals are there",
  },
  preview: { action: "preview and report", gate: "stays closed: a pull request changes nothing" },
  rehearse: {
    action: "rehearse and report, without credentials",
    gate: "stays closed: the head is in another repository",
  },
  drift: { action: "compare the cloud with the state", gate: "is not asked: nothing is changed" },
};

/** Reasons of a stack that are printed; all are in the JSON document. */
const MOST_REASONS = 5;

/** Tells the whole decision of the pipeline. */
export const presentStatus: Presenter<StatusResult> = {
  exit: () => "done",
  lines: (result, { colours }) => {
    const { event, resolution, stacks, absent, expectedApprovals } = result;
    const line = (name: string, text: string) => `${colours.bold(name.padEnd(12))} ${text}`;
    const head = [line("event", eventText(event)), line("workspace", result.root)];
    if (resolution.kind === "none") return [...head, line("environment", `none: ${resolution.reason}`)];
    const { environment, rule, reason, action } = resolution;
    return [
      ...head,
      line("environment", `${environment}: ${reason}${rule === "--env" ? "" : ` (rule ${rule})`}`),
      line("action", ACTIONS[action].action),
      line("gate", ACTIONS[action].gate),
      ...(action === "deploy" ? [line("approval", expectedApprovals.join(", or ") || "nobody has to approve")] : []),
      "",
      ...stacks.flatMap((stack) => stackLines(stack, colours)),
      ...absent.map(({ name }) => `   ${name}  has no settings for ${environment}`),
      ...(stacks.length + absent.length === 0 ? ["no project: there is no Pulumi.yaml in the workspace"] : []),
    ];
  },
  json: ({ settings: _settings, stacks, absent, ...result }) => ({
    ...result,
    stacks: stacks.map(({ project, reasons, ...stack }) => ({
      project: project.name,
      path: project.path,
      stack: `${project.name}/${stack.environment}`,
      ...stack,
      affected: reasons.length > 0,
      reasons: reasons.map((reason) => ({ ...reason, text: reasonText(reason) })),
    })),
    absent: absent.map(({ name, path }) => ({ project: name, path })),
  }),
};

/** Kinds of events as people call them. */
const KINDS: Readonly<Record<PipelineEvent["kind"], string>> = {
  push: "push",
  pull_request: "pull request",
  manual: "run by hand",
  schedule: "schedule",
};

function eventText({ kind, source, branch, baseBranch, commit, pullRequest, fork, actor }: PipelineEvent): string {
  const number = pullRequest === undefined ? "" : ` #${pullRequest}`;
  return [
    `${KINDS[kind]}${number}`,
    branch === undefined ? "without a branch" : `on ${branch}`,
    ...(baseBranch === undefined ? [] : [`to ${baseBranch}`]),
    ...(commit === undefined ? [] : [`at ${commit.slice(0, 12)}`]),
    ...(fork ? ["from a fork"] : []),
    ...(actor === undefined ? [] : [`by ${actor}`]),
    `(told by ${source})`,
  ].join(" ");
}

function stackLines(
  { project, wave, reasons, base, dependsOn }: StackDecision,
  colours: Terminal["colours"],
): string[] {
  const since = base === undefined ? "" : ` since ${base.slice(0, 12)}`;
  const after = dependsOn.length === 0 ? "" : `, after ${dependsOn.map((other) => other.project).join(", ")}`;
  const place = project.path === "." ? "" : ` (${project.path})`;
  if (reasons.length === 0) return [colours.dim(`${wave}. ${project.name}${place}  unchanged${since}${after}`)];
  const more = reasons.length - MOST_REASONS;
  return [
    `${wave}. ${project.name}${place}  to bring up${after}`,
    ...reasons.slice(0, MOST_REASONS).map((reason) => `     because ${reasonText(reason)}`),
    ...(more > 0 ? [`     and for ${more} more reasons: --json tells them`] : []),
  ];
}
