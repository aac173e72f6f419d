import type { ApprovalProvider, ApprovalRequest } from "../gate/approval-provider";
import type { Reason } from "../gate/decision";
import { environmentApprovals } from "../gate/environment-approval";
import { ruleName, type GateRule } from "../gate/gate-policy";
import type { GatePorts } from "../gate/gate-ports";
import { promptApproval } from "../gate/prompt-approval";
import { reviewApprovals } from "../gate/review-approval";
import { AutomationError } from "../errors";
import { stageApprovals } from "../gate/stage-approval";
import type { GithubPort } from "../ports/github";

/** What is to get traffic. */
export interface ReleaseQuestion {
  readonly request: ApprovalRequest;
  readonly rules: readonly GateRule[];
  /** What is about to happen, for a person at the terminal. */
  readonly summary: readonly string[];
}

/**
 * Asks the gate of an environment whether a model may get traffic, by the same rules that updates have; answers who
 * approved. A release has no bundle that could be signed: where only signatures open the gate, it stays closed. Throws a
 * refusal with every reason.
 */
export async function openReleaseGate(
  ports: Pick<GatePorts, "prompt" | "github" | "azureStages">,
  { request, rules, summary }: ReleaseQuestion,
): Promise<readonly string[]> {
  if (rules.length === 0) return [];
  const reasons: Reason[] = [];
  for (const rule of rules) {
    const name = ruleName(rule, request.stack);
    const required = "required" in rule ? rule.required : 1;
    const provider = await providerOf(rule, name, ports, request, summary);
    if (!provider) {
      reasons.push(reason(rule, name));
      continue;
    }
    const { approvals, rejected, fatal } = await provider.check(request);
    const people = [...new Set(approvals.map(({ by }) => by))];
    if (!fatal && people.length >= required) return people.map((by) => `${by} (${name})`);
    reasons.push(...rejected, ...(fatal ? [fatal] : []));
    if (fatal) break;
  }
  const told = reasons.map(({ message }) => message).join("; ");
  throw new AutomationError("refused", `${request.stack} needs an approval before a model gets traffic: ${told}`, {
    hint: reasons[0]?.hint ?? `have it approved by ${rules.map((rule) => ruleName(rule, request.stack)).join(", or ")}`,
  });
}

async function providerOf(
  rule: GateRule,
  name: string,
  { prompt, github: open, azureStages: openStages }: Pick<GatePorts, "prompt" | "github" | "azureStages">,
  { stack, run }: ApprovalRequest,
  summary: readonly string[],
): Promise<ApprovalProvider | undefined> {
  const { byAuthor } = rule;
  if (rule.from === "prompt") return promptApproval(prompt, { name, summary, byAuthor });
  if (rule.from === "signature") return undefined;
  if (rule.from === "stage") {
    const stages = await openStages();
    return stages && stageApprovals(stages, { name, byAuthor, ...(run !== undefined && { run }) });
  }
  const github: GithubPort | undefined = await open();
  if (!github) return undefined;
  if (rule.from === "review") return reviewApprovals(github, { name, team: rule.team, byAuthor });
  const environment = rule.environment ?? stack;
  return environmentApprovals(github, { name, environment, byAuthor, ...(run !== undefined && { run }) });
}

function reason({ from }: GateRule, name: string): Reason {
  return from === "signature"
    ? { code: "approval-unavailable", message: `${name} are of bundles, and a release has none`, hint: HINT }
    : { code: "approval-unavailable", message: `${name}: it cannot be asked without a token`, hint: HINT };
}

const HINT = "run it at a terminal, or have the gate of trunkline.yaml ask the reviewers of a GitHub environment";
