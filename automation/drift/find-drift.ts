import type { EngineEvent } from "@pulumi/pulumi/automation";
import { nameOf } from "../report/operation-tree";
import type { DriftSettings } from "./drift-settings";

/** A resource that is not in the cloud what the state says. */
export interface DriftedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly kind: "changed" | "deleted";
  /** Paths of the properties that differ and may not; none for a deleted one. */
  readonly properties: readonly string[];
}

/** What a refresh found. */
export interface FoundDrift {
  readonly drifted: readonly DriftedResource[];
  /** Differences that `trunkline.yaml` allows, with its reasons. */
  readonly allowed: readonly { readonly urn: string; readonly property: string; readonly reason: string }[];
}

/**
 * Tells drift from the events of a refresh that was only previewed. Drift is a managed resource that is gone, or whose
 * inputs differ. What a program only reads is nobody's to keep, and outputs that change while the inputs do not (times,
 * versions, counters) are the provider's own: neither is drift. `external` are the URNs of what is only read.
 */
export function findDrift(
  events: readonly EngineEvent[],
  external: ReadonlySet<string>,
  allow: DriftSettings["allow"],
): FoundDrift {
  const drifted: DriftedResource[] = [];
  const allowed: FoundDrift["allowed"][number][] = [];
  for (const { resOutputsEvent } of events) {
    if (!resOutputsEvent) continue;
    const { op, urn, type, old, new: found, detailedDiff, diffs } = resOutputsEvent.metadata;
    if (external.has(urn) || type.startsWith("pulumi:")) continue;
    const resource = { urn, type, name: nameOf(urn) };
    if (String(op) === "delete") drifted.push({ ...resource, kind: "deleted", properties: [] });
    if (String(op) !== "update") continue;
    const differing = detailedDiff ? Object.keys(detailedDiff) : (diffs ?? changedKeys(old?.inputs, found?.inputs));
    const left: string[] = [];
    for (const property of differing) {
      const allowance = allow.find(
        (one) => fits(one.urn, urn) && one.properties.some((path) => covers(path, property)),
      );
      if (allowance) allowed.push({ urn, property, reason: allowance.reason });
      else left.push(property);
    }
    if (left.length > 0) drifted.push({ ...resource, kind: "changed", properties: left });
  }
  return { drifted, allowed };
}

function changedKeys(before: Record<string, unknown> = {}, after: Record<string, unknown> = {}): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

function fits(pattern: string, text: string): boolean {
  const source = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${source.join(".*")}$`, "s").test(text);
}

/** Whether a path is that of the property or of something above it, part by part. */
function covers(path: string, property: string): boolean {
  const parts = partsOf(property);
  return partsOf(path).every((part, index) => index < parts.length && (part === "*" || part === parts[index]));
}

/** The parts of a property path: `tags["a.b"].c[0]` is tags, a.b, c, 0. */
function partsOf(path: string): string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? "") : quoted.replace(/\\(.)/g, "$1"),
  );
}
