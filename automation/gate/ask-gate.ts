import { resolve } from "node:path";
import type { Bundle } from "../bundle/bundle";
import type { BundleFacts } from "../bundle/bundle-facts";
import { AutomationError } from "../errors";
import type { GithubPort } from "../ports/github";
import { lossesOf, type Acknowledgement } from "./acknowledgements";
import type { ApprovalProvider, ApprovalRequest, ApprovalVerdict } from "./approval-provider";
import { decideGate, type RuleOutcome } from "./decide-gate";
import type { GateDecision, Reason } from "./decision";
import { environmentApprovals } from "./environment-approval";
import { ruleName, type GateRule } from "./gate-policy";
import type { GatePorts } from "./gate-ports";
import { inheritanceFaults } from "./inherit-approval";
import { promptApproval } from "./prompt-approval";
import { reviewApprovals } from "./review-approval";
import { signedApprovals } from "./signed-approval";
import { stageApprovals } from "./stage-approval";
import { summaryOf } from "./summary";

/** What the gate is asked about. */
export interface GateQuestion {
  readonly bundle: Bundle;
  readonly facts: BundleFacts;
  readonly rules: readonly GateRule[];
  /** The bundle of the pull request that was merged. */
  readonly reviewed?: Bundle;
  /** Files of signed approvals. */
  readonly approvals: readonly string[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** How long approvals are waited for, in milliseconds; 0 to ask once. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/** How often who approves is asked again. */
const POLL_MS = 15_000;

/** Asks the gate, and, where an approval may still come, again until it came or the time is over. */
export async function askGate(ports: GatePorts, question: GateQuestion): Promise<GateDecision> {
  const providers = new Map<GateRule, ApprovalProvider>();
  const until = ports.clock().getTime() + question.waitMs;
  for (;;) {
    const decision = await askOnce(ports, question, providers);
    const left = until - ports.clock().getTime();
    if (decision.kind !== "waiting" || left <= 0 || question.signal.aborted) return decision;
    await ports.sleep(Math.min(POLL_MS, left), question.signal).catch(() => undefined);
  }
}

async function askOnce(
  ports: GatePorts,
  question: GateQuestion,
  providers: Map<GateRule, ApprovalProvider>,
): Promise<GateDecision> {
  const { bundle, reviewed, facts, rules, acknowledgements } = question;
  const now = ports.clock();
  const faults = reviewed ? await inheritance(ports, bundle, reviewed, facts, now) : [];
  const inherited = reviewed && faults.length === 0 ? reviewed : undefined;
  const outcomes: RuleOutcome[] = [];
  for (const rule of rules) {
    const provider = providers.get(rule) ?? (await providerOf(rule, ports, question));
    providers.set(rule, provider);
    const required = "required" in rule ? rule.required : 1;
    const own = await provider.check(requestOf(bundle, now, facts.authors));
    const outcome: RuleOutcome = { rule: provider.name, required, verdict: own };
    // A person at the terminal sees this bundle: there is nothing to inherit.
    const enough = own.approvals.length >= required && !own.fatal;
    const instead =
      !enough && inherited && (rule.from === "review" || rule.from === "signature") ? inherited : undefined;
    if (instead) {
      const verdict = await provider.check(requestOf(instead, now, facts.authors));
      outcomes.push(better(outcome, { rule: `${provider.name}, for the reviewed bundle`, required, verdict }));
    } else outcomes.push(outcome);
    const last = outcomes.at(-1);
    if (last && last.verdict.approvals.length >= required && !last.verdict.fatal) break;
  }
  return decideGate({ bundle, ...(inherited && { inherited }), notInherited: faults, outcomes, acknowledgements });
}

/** What was found for the reviewed bundle, unless it is less. */
function better(own: RuleOutcome, inherited: RuleOutcome): RuleOutcome {
  return inherited.verdict.approvals.length >= own.verdict.approvals.length ? inherited : own;
}

async function inheritance(
  ports: GatePorts,
  bundle: Bundle,
  reviewed: Bundle,
  facts: BundleFacts,
  now: Date,
): Promise<Reason[]> {
  const related =
    (await ports.checkout.isAncestor(facts.root, reviewed.commit, bundle.commit)) ||
    (await mergesPullRequest(await ports.github(), bundle, reviewed));
  return inheritanceFaults(bundle, reviewed, { related, now });
}

/** A merge that squashes leaves nothing of the pull request's commits in the history: GitHub knows. */
async function mergesPullRequest(github: GithubPort | undefined, bundle: Bundle, reviewed: Bundle): Promise<boolean> {
  if (!github || reviewed.pullRequest === undefined) return false;
  const pulls = await github.pullRequestsOfCommit(bundle.repository, bundle.commit);
  return pulls.some(
    ({ number, merged, mergeCommit, headCommit }) =>
      number === reviewed.pullRequest && merged && mergeCommit === bundle.commit && headCommit === reviewed.commit,
  );
}

function requestOf(bundle: Bundle, now: Date, authors: readonly string[]): ApprovalRequest {
  const { digest, repository, commit, project, stack, pullRequest, run } = bundle;
  return {
    ...{ digest, repository, commit, project, stack, now },
    ...(pullRequest !== undefined && { pullRequest }),
    ...(run !== undefined && { run }),
    authors: [...new Set([...bundle.authors, ...authors])],
    stateful: lossesOf(bundle.changes).map(({ urn }) => urn),
  };
}

async function providerOf(rule: GateRule, ports: GatePorts, question: GateQuestion): Promise<ApprovalProvider> {
  const { bundle, facts, approvals } = question;
  const name = ruleName(rule, bundle.stack);
  const { byAuthor } = rule;
  switch (rule.from) {
    case "prompt":
      return promptApproval(ports.prompt, { name, summary: summaryOf(bundle), byAuthor });
    case "signature": {
      const allowedSigners = resolve(facts.root, rule.allowedSigners);
      return signedApprovals(ports.signatures, { name, files: approvals, allowedSigners, byAuthor });
    }
    case "review":
      return asked(name, await ports.github(), GITHUB_TOKEN, (github) =>
        reviewApprovals(github, { name, team: rule.team, byAuthor }),
      );
    case "environment": {
      const environment = rule.environment ?? bundle.stack;
      const run = facts.run;
      return asked(name, await ports.github(), GITHUB_TOKEN, (github) =>
        environmentApprovals(github, { name, environment, ...(run !== undefined && { run }), byAuthor }),
      );
    }
    case "stage": {
      const run = facts.run;
      return asked(name, await ports.azureStages(), AZURE_TOKEN, (stages) =>
        stageApprovals(stages, { name, ...(run !== undefined && { run }), byAuthor }),
      );
    }
  }
}

/** Who is asked, and what it takes to ask them. */
interface Asked {
  readonly who: string;
  readonly hint: string;
}

const GITHUB_TOKEN: Asked = { who: "GitHub", hint: "give the run a token with read access: GITHUB_TOKEN" };

const AZURE_TOKEN: Asked = {
  who: "Azure DevOps",
  hint: "give the step of the stage its token: env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)",
};

/** A rule that cannot be looked up is not satisfied, and says so; another rule may be. */
function asked<Port>(
  name: string,
  port: Port | undefined,
  { who, hint }: Asked,
  make: (port: Port) => ApprovalProvider,
): ApprovalProvider {
  const unavailable = (message: string): ApprovalVerdict => ({
    approvals: [],
    rejected: [{ code: "approval-unavailable", message, hint }],
    pending: false,
  });
  if (!port) return { name, check: async () => unavailable(`${name}: ${who} cannot be asked without a token`) };
  const provider = make(port);
  return {
    name,
    async check(request) {
      try {
        return await provider.check(request);
      } catch (cause) {
        if (cause instanceof AutomationError) return unavailable(`${name}: ${cause.message}`);
        throw cause;
      }
    },
  };
}
