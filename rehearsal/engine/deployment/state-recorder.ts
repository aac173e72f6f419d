import { ChangeLog } from "../backend/change-log";
import { assembleDeployment, type ChangeStart, type StateParts } from "../backend/state-change";
import type { DeploymentFile, PendingOperation, PendingOperationType, ResourceState } from "../state/deployment-file";
import { mapsEqual, propertiesEqual } from "../values/property-equality";
import { UnansweredError } from "../provider/unanswered-error";
import type { BaseState } from "./base-state";
import { compact } from "./new-state";
import type { Step, StepOp, StepOutcome } from "./step";
import { RefreshStep } from "./steps/refresh-step";
import { SameStep } from "./steps/same-step";

/** What a step announces before it begins, so that an interruption leaves a trace. */
const PENDING: Partial<Record<StepOp, PendingOperationType>> = {
  create: "creating",
  "create-replacement": "creating",
  update: "updating",
  delete: "deleting",
  "delete-replaced": "deleting",
  discard: "deleting",
  "discard-replaced": "deleting",
  read: "reading",
  "read-replacement": "reading",
  import: "importing",
  "import-replacement": "importing",
};

/** Brings finished steps into the state: new resources in the order in which they ended, then what is left of the old. */
export class StateRecorder {
  /** What has changed, for the journal. */
  readonly changes = new ChangeLog();
  private readonly resources: ResourceState[] = [];
  /** Resources, old or new, that are not part of the state any more. */
  private readonly done = new Set<ResourceState>();
  private readonly pending = new Map<ResourceState, { readonly key: number; readonly type: PendingOperationType }>();
  private refreshed = false;

  constructor(
    private readonly base: BaseState,
    private readonly template: StateParts["template"],
  ) {
    this.restart();
  }

  /** Lets the changes go on from the base state as it is now; nothing may have come into the state before. */
  restart(): void {
    this.changes.restart(this.base.resources);
  }

  /** From what the changes go on. */
  get start(): ChangeStart {
    return { keptCreations: this.interruptedCreations().length };
  }

  /** Notes what is about to begin; true where the state has to be written first. */
  begin(step: Step): boolean {
    const type = PENDING[step.op];
    if (!type) return false;
    const key = this.changes.newKey();
    this.pending.set(step.res, { key, type });
    this.changes.begin(key, type, step.res);
    return true;
  }

  /** Takes the result of a step over; true where the state has to be written before anything relies on it. */
  end(step: Step, outcome: StepOutcome): boolean {
    const end = this.pending.get(step.res)?.key;
    const matters = this.take(step, outcome);
    // A step may mark what it replaces, which can have a former name of its resource.
    for (const urn of [step.urn, ...(step.next?.aliases ?? [])]) this.changes.touchMarks(urn);
    if (step.old) this.changes.touchMarks(step.old.urn);
    if (step.next) this.changes.touch(step.next);
    const refreshed = step instanceof RefreshStep && this.refreshed ? { refreshed: true as const } : {};
    this.changes.commit(end === undefined || this.pending.has(step.res) ? refreshed : { end, ...refreshed });
    return matters;
  }

  /** Takes outputs over that arrived; true where the state has to be written. */
  outputsChanged(step: Step): boolean {
    if (step.next) this.changes.touch(step.next);
    this.changes.commit();
    return !step.old || !step.next || !mapsEqual(step.old.outputs ?? {}, step.next.outputs ?? {});
  }

  /** The state as it is now. */
  snapshot(at = new Date()): DeploymentFile {
    const pending: PendingOperation[] = [...this.pending].map(([resource, { type }]) => ({
      resource: compact(resource),
      type,
    }));
    return assembleDeployment({
      resources: [...this.resources, ...this.base.resources].filter((resource) => !this.done.has(resource)),
      pending: [...pending, ...this.interruptedCreations()],
      refreshed: this.refreshed,
      template: this.template,
      at,
    });
  }

  /** Nobody knows whether an interrupted creation made something: only a person may say so. */
  private interruptedCreations(): PendingOperation[] {
    return this.base.pendingOperations.filter(({ type }) => type === "creating");
  }

  private take(step: Step, outcome: StepOutcome): boolean {
    const successful = !outcome.error || outcome.status === "partial";
    if (step instanceof SameStep) return successful && this.same(step);
    if (step.op === "replace") return false;
    if (step instanceof RefreshStep) return this.refresh(step, successful);
    // Nobody knows what became of it: it is left to the next operation.
    if (outcome.error instanceof UnansweredError) return true;
    this.pending.delete(step.res);
    if (step.op === "remove-pending-replace") this.drop(step.res);
    else if (successful) this.apply(step);
    return true;
  }

  private add(resource: ResourceState): void {
    this.resources.push(resource);
    this.changes.add(resource);
  }

  private drop(resource: ResourceState): void {
    this.done.add(resource);
    this.changes.drop(resource);
  }

  private apply(step: Step): void {
    const { old, next } = step;
    switch (step.op) {
      case "delete":
      case "delete-replaced":
      case "discard":
      case "discard-replaced":
        // Deleted to make room: it stays in the state until its replacement is there.
        if (!step.res.pendingReplacement) this.drop(step.res);
        return;
      case "create":
      case "create-replacement":
        if (old?.pendingReplacement) this.drop(old);
        break;
      case "import":
      case "import-replacement":
        break;
      default:
        if (old) this.drop(old);
    }
    if (next) this.add(next);
  }

  private same(step: SameStep): boolean {
    this.drop(step.old);
    if (step.reason === "skipped-create") return false;
    this.add(step.next);
    return !equalStates(step.old, step.next);
  }

  private refresh(step: RefreshStep, successful: boolean): boolean {
    if (!step.persisted) return false;
    this.refreshed = true;
    if (!successful) return true;
    this.drop(step.old);
    if (step.next) this.add(step.next);
    return true;
  }
}

/** Whether a resource that stayed the same is also written the same. */
function equalStates(old: ResourceState, next: ResourceState): boolean {
  const plain = ["urn", "type", "custom", "provider", "parent", "deletedWith", "protect", "retainOnDelete"] as const;
  const lists = (state: ResourceState): unknown => [
    state.customTimeouts ?? {},
    state.replaceWith ?? [],
    [...(state.dependencies ?? [])].sort(),
    state.resourceHooks ?? {},
  ];
  return (
    plain.every((field) => (old[field] || undefined) === (next[field] || undefined)) &&
    JSON.stringify(lists(old)) === JSON.stringify(lists(next)) &&
    mapsEqual(old.inputs ?? {}, next.inputs ?? {}) &&
    mapsEqual(old.outputs ?? {}, next.outputs ?? {}) &&
    propertiesEqual(old.replacementTrigger, next.replacementTrigger)
  );
}
