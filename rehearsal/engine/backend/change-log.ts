import { compact } from "../deployment/new-state";
import type { PendingOperationType, ResourceState } from "../state/deployment-file";
import type { StateChange } from "./state-change";

/** Gathers what changes in a state, so that a journal can hold the changes alone. */
export class ChangeLog {
  private readonly slots = new Map<ResourceState, number>();
  /** The marks of each resource as they were last written: steps set them on resources of other steps. */
  private readonly marks = new Map<ResourceState, string>();
  private readonly byUrn = new Map<string, ResourceState[]>();
  private nextSlot = 0;
  private nextKey = 0;
  private changes: StateChange[] = [];
  private put = new Set<ResourceState>();
  private dropped: number[] = [];

  /** Begins anew from the resources of a checkpoint. */
  restart(resources: readonly ResourceState[]): void {
    for (const table of [this.slots, this.marks, this.byUrn]) table.clear();
    this.nextSlot = 0;
    for (const resource of resources) this.know(resource);
    this.changes = [];
    this.put.clear();
    this.dropped = [];
  }

  /** A resource that comes into the state. */
  add(resource: ResourceState): void {
    this.know(resource);
    this.put.add(resource);
  }

  /** A resource that may have changed since it came into the state. */
  touch(resource: ResourceState): void {
    if (this.slots.has(resource)) this.put.add(resource);
  }

  /** Resources of a URN that may have been marked for deletion or replacement. */
  touchMarks(urn: string): void {
    for (const resource of this.byUrn.get(urn) ?? []) {
      if (this.marks.get(resource) !== marksOf(resource)) this.put.add(resource);
    }
  }

  /** A resource that leaves the state. */
  drop(resource: ResourceState): void {
    const slot = this.slots.get(resource);
    if (slot !== undefined) this.dropped.push(slot);
    this.put.delete(resource);
  }

  /** The key of a pending operation that begins. */
  newKey(): number {
    return this.nextKey++;
  }

  /** Notes a pending operation that begins, as its resource is now. */
  begin(key: number, type: PendingOperationType, resource: ResourceState): void {
    this.commit({ begin: { key, type, resource: compact(resource) } });
  }

  /** Makes one change of what was noted; of nothing, none. */
  commit(more: Pick<StateChange, "begin" | "end" | "refreshed"> = {}): void {
    const put = [...this.put].map((resource) => [this.slots.get(resource)!, compact(resource)] as const);
    for (const resource of this.put) this.marks.set(resource, marksOf(resource));
    const change: StateChange = {
      at: new Date().toISOString(),
      ...(put.length > 0 && { put }),
      ...(this.dropped.length > 0 && { drop: this.dropped }),
      ...more,
    };
    this.put.clear();
    this.dropped = [];
    if (Object.keys(change).length > 1) this.changes.push(change);
  }

  /** Whether there are changes that were not taken. */
  get waiting(): boolean {
    return this.changes.length > 0;
  }

  /** The changes since they were last taken. */
  take(): StateChange[] {
    const taken = this.changes;
    this.changes = [];
    return taken;
  }

  /** Puts changes back that were taken and could not be written. */
  putBack(changes: readonly StateChange[]): void {
    this.changes = [...changes, ...this.changes];
  }

  private know(resource: ResourceState): void {
    this.slots.set(resource, this.nextSlot++);
    this.marks.set(resource, marksOf(resource));
    const others = this.byUrn.get(resource.urn);
    if (others) others.push(resource);
    else this.byUrn.set(resource.urn, [resource]);
  }
}

function marksOf(resource: ResourceState): string {
  return `${resource.delete ?? false} ${resource.pendingReplacement ?? false}`;
}
