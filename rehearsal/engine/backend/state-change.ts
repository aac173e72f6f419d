import { withoutMissing } from "../deployment/base-state";
import { compact } from "../deployment/new-state";
import { normalizeUrns } from "../deployment/normalize-urns";
import type { DeploymentFile, PendingOperation, PendingOperationType, ResourceState } from "../state/deployment-file";
import { newManifest } from "./manifest";

/**
 * What one event of an operation changes in a state. Resources are called by slots: those of the checkpoint by their
 * position in it, new ones by the numbers that follow.
 */
export interface StateChange {
  /** RFC 3339 */
  readonly at: string;
  /** Resources that are new or not what they were. */
  readonly put?: readonly (readonly [slot: number, resource: ResourceState])[];
  /** Slots of resources that are not part of the state any more. */
  readonly drop?: readonly number[];
  readonly begin?: { readonly key: number; readonly type: PendingOperationType; readonly resource: ResourceState };
  /** Key of a pending operation that has ended. */
  readonly end?: number;
  /** From here on references to what is missing are removed. */
  readonly refreshed?: true;
}

/** From what a list of changes goes on, besides the checkpoint's resources. */
export interface ChangeStart {
  /** How many of the checkpoint's pending creations, counted from the last, stay in the state. */
  readonly keptCreations: number;
}

/** The parts of a state, as an operation or a replay has gathered them. */
export interface StateParts {
  /** In the order of the checkpoint, without what was dropped. */
  readonly resources: readonly ResourceState[];
  readonly pending: readonly PendingOperation[];
  readonly refreshed: boolean;
  /** What is neither resource nor pending operation; fields that are not known here survive. */
  readonly template: Pick<DeploymentFile, "secrets_providers" | "metadata"> & Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/** Makes the deployment that a checkpoint holds. */
export function assembleDeployment({ resources, pending, refreshed, template, at }: StateParts): DeploymentFile {
  const { secrets_providers: provider, metadata, ...rest } = template;
  return {
    manifest: newManifest(at),
    secrets_providers: provider,
    metadata: metadata ?? {},
    resources: normalizeUrns(refreshed ? withoutMissing(resources) : resources).map(compact),
    ...(pending.length > 0 ? { pending_operations: [...pending] } : {}),
    ...rest,
  };
}

/** The deployment after the changes: what a checkpoint that was written after the last of them would hold. */
export function replayChanges(
  base: DeploymentFile | undefined,
  start: ChangeStart,
  changes: readonly StateChange[],
  secretsProvider: DeploymentFile["secrets_providers"],
): DeploymentFile {
  const { manifest: _, resources: old = [], pending_operations: oldPending = [], ...rest } = base ?? emptyBase();
  const slots: (ResourceState | undefined)[] = [...old];
  const pending = new Map<number, PendingOperation>();
  let refreshed = false;
  for (const { put = [], drop = [], begin, end, refreshed: turn } of changes) {
    for (const [slot, resource] of put) slots[slot] = resource;
    for (const slot of drop) slots[slot] = undefined;
    if (begin) pending.set(begin.key, { resource: begin.resource, type: begin.type });
    if (end !== undefined) pending.delete(end);
    if (turn) refreshed = true;
  }
  const creations = oldPending.filter(({ type }) => type === "creating");
  const kept = creations.slice(creations.length - start.keptCreations);
  const ordered = [...slots.slice(old.length), ...slots.slice(0, old.length)];
  return assembleDeployment({
    resources: ordered.filter((resource) => resource !== undefined),
    pending: [...pending.values(), ...kept],
    refreshed,
    template: { ...rest, secrets_providers: secretsProvider },
    at: new Date(changes.at(-1)?.at ?? Date.now()),
  });
}

function emptyBase(): DeploymentFile {
  return { manifest: newManifest() };
}
