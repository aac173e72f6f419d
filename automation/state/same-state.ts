import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Deployment } from "@pulumi/pulumi/automation";

interface State {
  readonly resources?: readonly unknown[];
  readonly pending_operations?: readonly unknown[];
}

/** The resources of an exported state; none of an empty one. */
export function resourcesOf({ deployment }: Deployment): readonly unknown[] {
  return ((deployment ?? {}) as State).resources ?? [];
}

/** Operations of an exported state that an interrupted run has begun. */
export function pendingOf({ deployment }: Deployment): readonly unknown[] {
  return ((deployment ?? {}) as State).pending_operations ?? [];
}

/** Whether two exported states have the same resources, with all that is recorded of each, in the same order. */
export function sameState(a: Deployment, b: Deployment): boolean {
  return isDeepStrictEqual(resourcesOf(a), resourcesOf(b));
}

/** SHA-256 of the resources of an exported state. */
export function stateDigest(deployment: Deployment): string {
  return createHash("sha256")
    .update(JSON.stringify(resourcesOf(deployment)))
    .digest("hex");
}
