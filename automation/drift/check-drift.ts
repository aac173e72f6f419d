import { ConcurrentUpdateError, type Deployment, type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import type { Change } from "../bundle/change";
import { ExportedState } from "../bundle/exported-state";
import { markedSecrets } from "../bundle/known-secrets";
import { OperationTree, type PolicyViolation } from "../report/operation-tree";
import type { ReportResource } from "../report/pipeline-report";
import type { SecretRegister } from "../report/secret-register";
import { failureText } from "../stack/failure-text";
import { comparedResources } from "./compared-resources";
import { driftChanges } from "./drift-changes";
import type { DriftSettings } from "./drift-settings";
import { findDrift, type FoundDrift } from "./find-drift";

/** What a comparison with the cloud has looked at, and what it found. */
export interface Comparison {
  /** What differs, property by property, allowed differences included; secrets masked. */
  readonly changes: readonly Change[];
  /** Every resource of the state, with when it was looked at. */
  readonly resources: readonly ReportResource[];
  readonly policies: readonly PolicyViolation[];
  readonly durationMs: number;
}

/** How a stack compares with its cloud. Only `clean` and `drifted` say something about the cloud. */
export type DriftVerdict =
  | ({ readonly kind: "clean"; readonly allowed: FoundDrift["allowed"] } & Comparison)
  | ({
      readonly kind: "drifted";
      readonly drifted: FoundDrift["drifted"];
      readonly allowed: FoundDrift["allowed"];
    } & Comparison)
  /** It was looked at, and that failed. */
  | { readonly kind: "error"; readonly reason: string }
  /** It was not looked at. */
  | { readonly kind: "not checked"; readonly reason: string };

/** What a comparison needs besides the stack. */
export interface DriftDeps {
  readonly signal: AbortSignal;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  /** Learns the secrets of the state before anything is told. */
  readonly secrets: Pick<SecretRegister, "add" | "mask">;
}

/** Compares the state of a stack with its cloud by a refresh that is only previewed: neither is changed. */
export async function checkDrift(
  stack: Pick<Stack, "exportStack" | "previewRefresh">,
  allow: DriftSettings["allow"],
  { signal, now, secrets }: DriftDeps,
): Promise<DriftVerdict> {
  const deployment: Deployment = await stack.exportStack();
  const state = new ExportedState(deployment);
  const pending = state.pendingOperations.length;
  if (pending > 0) {
    const reason = `${pending} operations of an interrupted run are pending: trunkline up --resume`;
    return { kind: "not checked", reason };
  }
  secrets.add(markedSecrets(state.secrets, [state.resources]));
  const events: EngineEvent[] = [];
  const tree = new OperationTree();
  const onEvent = (event: EngineEvent) => {
    events.push(event);
    tree.apply(event, now());
  };
  const begun = now();
  try {
    await stack.previewRefresh({ onEvent, signal, color: "never" });
  } catch (fault) {
    if (fault instanceof ConcurrentUpdateError) return { kind: "not checked", reason: "an update is going on" };
    if (signal.aborted) return { kind: "not checked", reason: "it was told to stop" };
    const told = events.find(({ diagnosticEvent }) => diagnosticEvent?.severity === "error")?.diagnosticEvent?.message;
    return { kind: "error", reason: (told ?? failureText(fault)).trim() };
  }
  const external = new Set(state.resources.filter((resource) => resource["external"]).map(({ urn }) => urn));
  const found = findDrift(events, external, allow);
  const { drifted, allowed } = found;
  const changes = driftChanges(events, found, secrets.mask);
  const comparison: Comparison = {
    changes,
    resources: comparedResources(tree, deployment, changes),
    policies: tree.policies,
    durationMs: now() - begun,
  };
  return drifted.length > 0
    ? { kind: "drifted", drifted, allowed, ...comparison }
    : { kind: "clean", allowed, ...comparison };
}
