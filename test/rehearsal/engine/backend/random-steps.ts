import { BaseState } from "../../../../rehearsal/engine/deployment/base-state";
import type { Deployment } from "../../../../rehearsal/engine/deployment/deployment";
import { StateRecorder } from "../../../../rehearsal/engine/deployment/state-recorder";
import type { Step, StepOp, StepOutcome } from "../../../../rehearsal/engine/deployment/step";
import { SameStep } from "../../../../rehearsal/engine/deployment/steps/same-step";
import type {
  DeploymentFile,
  PendingOperation,
  ResourceState,
} from "../../../../rehearsal/engine/state/deployment-file";

const TYPE = "sim:index:Thing";
const urnOf = (name: string): string => `urn:pulumi:dev::demo::${TYPE}::${name}`;

/** A resource with its number as name and, where given, a dependency. */
export function thing(name: string, id: string, more: Partial<ResourceState> = {}): ResourceState {
  return { urn: urnOf(name), custom: true, type: TYPE, id, inputs: { size: id.length }, ...more };
}

/** Numbers that choose what happens next. */
export type Choice = readonly [what: number, which: number];

/** Plays an operation as steps would, with several of them running at once. */
export class RandomSteps {
  readonly recorder: StateRecorder;
  private readonly live: ResourceState[];
  private readonly ends: (() => void)[] = [];
  private made = 0;

  constructor(latest: DeploymentFile) {
    const copy = structuredClone(latest);
    const base = new BaseState(copy.resources ?? [], copy.pending_operations ?? []);
    const { manifest: _, resources: __, pending_operations: ___, ...template } = copy;
    this.recorder = new StateRecorder(base, template);
    this.live = [...base.resources];
  }

  /** Lets one thing happen: a step begins, or one that runs ends, or outputs arrive. */
  play([what, which]: Choice): void {
    const target = this.live[which % Math.max(this.live.length, 1)];
    switch (what % 9) {
      case 0:
        return this.create(which);
      case 1:
        return this.ends.splice(which % Math.max(this.ends.length, 1), 1)[0]?.();
      case 2:
        return target && this.replace("update", target, { ...target, inputs: { size: which } });
      case 3:
        return target && this.delete(target);
      case 4:
        return target && this.same(target, which);
      case 5:
        return target && this.createReplacement(target, which);
      case 6:
        return target && this.outputs(target, which);
      case 7:
        return target && this.deleteBeforeReplacement(target);
      default:
        return target && this.import(target);
    }
  }

  private create(which: number): void {
    const needed = this.live[which % Math.max(this.live.length, 1)];
    const next = thing(`new-${this.made++}`, "", needed && { dependencies: [needed.urn] });
    this.run(step("create", undefined, next), { error: which % 5 === 0 ? new Error("refused") : undefined }, () => {
      if (which % 5 === 0) return;
      next.id = `id-${which}`;
      next.outputs = { size: which };
      this.live.push(next);
    });
  }

  private replace(op: StepOp, old: ResourceState, next: ResourceState): void {
    this.take(old);
    this.run(step(op, old, next), {}, () => void this.live.push(next));
  }

  private delete(old: ResourceState): void {
    this.take(old);
    this.run(step("delete", old, undefined), {}, () => undefined);
  }

  private deleteBeforeReplacement(old: ResourceState): void {
    this.take(old);
    this.run(step("delete-replaced", old, undefined), {}, () => {
      old.pendingReplacement = true;
      const next = { ...old, id: "again", pendingReplacement: false };
      this.run(step("create-replacement", old, next), {}, () => void this.live.push(next));
    });
  }

  private createReplacement(old: ResourceState, which: number): void {
    this.take(old);
    const next = { ...old, id: `r-${which}`, ...(which % 3 === 0 && renamed(old, which)) };
    this.run(step("create-replacement", old, next), {}, () => {
      old.delete = true;
      this.live.push(next);
      if (which % 2 === 0) this.run(step("delete-replaced", old, undefined), {}, () => undefined);
    });
  }

  /** The original is marked by the step, which does not name it. */
  private import(original: ResourceState): void {
    this.take(original);
    const next = { ...original, id: "imported" };
    this.run(step("import-replacement", undefined, next), {}, () => {
      original.delete = true;
      this.live.push(next);
    });
  }

  private same(old: ResourceState, which: number): void {
    this.take(old);
    const next = { ...old, ...(which % 2 === 0 && { protect: true }) };
    this.live.push(next);
    const event = new SameStep({} as Deployment, undefined, old, next, "unchanged");
    this.recorder.begin(event);
    this.recorder.end(event, { status: "ok" });
  }

  private outputs(next: ResourceState, which: number): void {
    if (!this.live.includes(next) || next.id?.startsWith("base")) return;
    next.outputs = { late: which };
    this.recorder.outputsChanged(step("create", undefined, next));
  }

  private take(resource: ResourceState): void {
    this.live.splice(this.live.indexOf(resource), 1);
  }

  private run(of: Step, outcome: Partial<StepOutcome>, apply: () => void): void {
    this.recorder.begin(of);
    this.ends.push(() => {
      apply();
      this.recorder.end(of, { status: outcome.error ? "unknown" : "ok", ...outcome });
    });
  }
}

/** A base state with two resources, one of which needs the other, and operations that were interrupted. */
export function baseDeployment(manifest: DeploymentFile["manifest"], pending: readonly string[]): DeploymentFile {
  const operation = (type: string): PendingOperation => ({
    type: type as PendingOperation["type"],
    resource: thing(`lost-${type}`, ""),
  });
  return {
    manifest,
    secrets_providers: { type: "passphrase", state: { salt: "v1:x" } },
    resources: [thing("a", "base-a"), thing("b", "base-b", { dependencies: [urnOf("a")] })],
    pending_operations: pending.map(operation),
    metadata: {},
    future: { kept: true },
  };
}

function renamed(old: ResourceState, which: number): Partial<ResourceState> {
  return { urn: `${old.urn}-${which}`, aliases: [old.urn] };
}

function step(op: StepOp, old: ResourceState | undefined, next: ResourceState | undefined): Step {
  const res = (next ?? old)!;
  const nothing = (): void => undefined;
  return {
    op,
    old,
    next,
    res,
    urn: res.urn,
    logical: true,
    internal: false,
    apply: async () => ({ status: "ok" }),
    fail: nothing,
    skip: nothing,
  };
}
