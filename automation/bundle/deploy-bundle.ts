import { chosenEnvironment, withStack, type VerbDeps, type VerbOptions } from "../commands/verb";
import { readEvent } from "../events/read-event";
import { AutomationError } from "../errors";
import { askGate } from "../gate/ask-gate";
import { refused, type GateDecision } from "../gate/decision";
import { rulesFor } from "../gate/gate-policy";
import { outcomeOf } from "../run/outcome-of";
import type { WorkOutcome } from "../run/stack-outcome";
import { loadSettings } from "../settings/load-settings";
import { findProject } from "../stack/find-project";
import type { OperationReport } from "../stack/run-operation";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { workspaceRoot } from "../workspace/workspace-root";
import { applyBundle } from "./apply-bundle";
import type { Bundle } from "./bundle";
import { bundleFacts, type FactsRequest } from "./bundle-facts";
import { engineName } from "./create-bundle";
import { readBundle } from "./read-bundle";
import { verifyBundle } from "./verify-bundle";

export interface DeployBundleOptions extends VerbOptions {
  /** The file of the bundle. */
  readonly bundle: string;
  /** The file of the bundle that was reviewed in the pull request, whose approval this one may inherit. */
  readonly reviewed?: string;
  /** The bundle's digest, or at least 12 digits of it: another bundle is refused. */
  readonly digest?: string;
  /** URNs of the stateful resources that may be deleted or replaced; `digest` says for which bundle. */
  readonly acknowledge?: readonly string[];
  /** Files of signed approvals. */
  readonly approval?: readonly string[];
  /** Minutes that approvals are waited for. @default 0 */
  readonly wait?: number;
  /** Is awaited before the stack is changed. */
  readonly begin?: () => Promise<void>;
}

/** How the deployment of a bundle ended. */
export type DeployedBundle =
  | {
      readonly kind: "applied" | "failed";
      readonly environment: EnvironmentName;
      readonly report: OperationReport;
      readonly bundle: Bundle;
      /** Who approved, and how. */
      readonly approvedBy: readonly string[];
      /** What the stack is left as. */
      readonly outcome: WorkOutcome;
    }
  | {
      /** No resource was touched. */
      readonly kind: "refused";
      readonly environment: EnvironmentName;
      readonly decision: GateDecision;
    };

/**
 * Applies a bundle if the gate is open: what can be told from the disk is compared first, then approvals are asked for, and
 * only then an engine is opened, with whatever credentials it needs.
 */
export async function deployBundle(deps: VerbDeps, options: DeployBundleOptions): Promise<DeployedBundle> {
  const projectDir = findProject(options.cwd);
  const { environment } = await chosenEnvironment(deps, options, projectDir);
  const closed = (decision: GateDecision): DeployedBundle => ({ kind: "refused", environment, decision });
  const read = await readBundle(options.bundle);
  if (read.kind === "refused") return closed(refused(read.reason));
  const { bundle } = read;
  const { target, engine, digest } = options;
  const event = await readEvent({ git: deps.git, env: deps.env ?? process.env, directory: projectDir });
  const request: FactsRequest = { projectDir, environment, target, event };
  const { checkout, clock } = deps.gate;
  const fits = async () => {
    const facts = await bundleFacts(checkout, request);
    const held = { facts, engine: engineName(target, engine), now: clock() };
    return {
      facts,
      reasons: verifyBundle(bundle, { ...held, ...(digest !== undefined && { expectedDigest: digest }) }),
    };
  };
  const { facts, reasons } = await fits();
  if (reasons.length > 0) return closed(refused(...reasons));

  const rules = rulesFor(environment, loadSettings(workspaceRoot(projectDir)).gate);
  const decision = await askGate(deps.gate, {
    bundle,
    facts,
    rules,
    ...(options.reviewed !== undefined && { reviewed: await reviewedBundle(options.reviewed) }),
    approvals: options.approval ?? [],
    acknowledgements: (options.acknowledge ?? []).map((urn) => ({ urn, digest: digest ?? "" })),
    waitMs: (options.wait ?? 0) * 60_000,
    signal: deps.signal,
  });
  if (decision.kind !== "open") return closed(decision);

  return withStack(deps, { ...options, env: environment }, { absent: "create" }, async (opened) => {
    const stillFits = async () => (await fits()).reasons;
    const { begin } = options;
    const result = await applyBundle(opened, bundle, { ...deps, stillFits, ...(begin && { begin }) });
    if (result.kind === "refused") return closed(result.decision);
    const { kind, report } = result;
    const outcome = await outcomeOf(opened.stack, report);
    return { kind, environment, report, bundle, approvedBy: decision.approvedBy, outcome };
  });
}

/** Reads the reviewed bundle; one that is damaged is no reason to apply another unseen. */
export async function reviewedBundle(file: string): Promise<Bundle> {
  const read = await readBundle(file);
  if (read.kind === "bundle") return read.bundle;
  throw new AutomationError("refused", `${file}: ${read.reason.message}`, {
    hint: read.reason.hint,
    errorCode: "bundle-unusable",
  });
}
