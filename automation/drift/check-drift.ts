import { ConcurrentUpdateError, type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import { failureText } from "../stack/failure-text";
import type { DriftSettings } from "./drift-settings";
import { findDrift, type FoundDrift } from "./find-drift";

/** How a stack compares with its cloud. Only `clean` and `drifted` say something about the cloud. */
export type DriftVerdict =
  | { readonly kind: "clean"; readonly allowed: FoundDrift["allowed"] }
  | { readonly kind: "drifted"; readonly drifted: FoundDrift["drifted"]; readonly allowed: FoundDrift["allowed"] }
  /** It was looked at, and that failed. */
  | { readonly kind: "error"; readonly reason: string }
  /** It was not looked at. */
  | { readonly kind: "not checked"; readonly reason: string };

/** Compares the state of a stack with its cloud by a refresh that is only previewed: neither is changed. */
export async function checkDrift(
  stack: Pick<Stack, "exportStack" | "previewRefresh">,
  allow: DriftSettings["allow"],
  signal: AbortSignal,
): Promise<DriftVerdict> {
  const { resources = [], pending_operations: pending = [] } = await stateOf(stack);
  if (pending.length > 0) {
    const reason = `${pending.length} operations of an interrupted run are pending: trunkline up --resume`;
    return { kind: "not checked", reason };
  }
  const events: EngineEvent[] = [];
  try {
    await stack.previewRefresh({ onEvent: (event) => void events.push(event), signal, color: "never" });
  } catch (fault) {
    if (fault instanceof ConcurrentUpdateError) return { kind: "not checked", reason: "an update is going on" };
    if (signal.aborted) return { kind: "not checked", reason: "it was told to stop" };
    const told = events.find(({ diagnosticEvent }) => diagnosticEvent?.severity === "error")?.diagnosticEvent?.message;
    return { kind: "error", reason: (told ?? failureText(fault)).trim() };
  }
  const external = new Set(resources.filter((resource) => resource.external).map(({ urn }) => urn));
  const { drifted, allowed } = findDrift(events, external, allow);
  return drifted.length > 0 ? { kind: "drifted", drifted, allowed } : { kind: "clean", allowed };
}

interface State {
  readonly resources?: readonly { readonly urn: string; readonly external?: boolean }[];
  readonly pending_operations?: readonly unknown[];
}

async function stateOf(stack: Pick<Stack, "exportStack">): Promise<State> {
  const { deployment } = (await stack.exportStack()) as { readonly deployment?: State };
  return deployment ?? {};
}
