import { PartialFailure } from "../../provider/partial-failure";
import type { DiffResult, PropertyDiff, ReadResult } from "../../provider/provider";
import type { ResourceState } from "../../state/deployment-file";
import { mapsEqual } from "../../values/property-equality";
import type { PropertyMap } from "../../values/property-value";
import { asError } from "../as-error";
import { copyResource } from "../resource-copy";
import type { Deployment } from "../deployment";
import { providerOf } from "../provider-of";
import { diffResource, invertDiff } from "../resource-diff";
import type { Step, StepOp, StepOutcome } from "../step";
import { now } from "../timestamp";
import { isDefaultProvider, isProviderType, nameOf } from "../urn";

/** A refresh that a registration of the program waits for. */
export interface RegisteredRefresh {
  /** The resource as the program wants it: its options are taken over with what is found. */
  readonly wanted: ResourceState;
  readonly hidden: boolean;
  onRefreshed(outcome: ResourceState | undefined | Error): void;
  /** It was not tried: the registration ends with it. */
  onSkipped(): void;
}

/** Reads a resource of the state again and takes over what has become of it. */
export class RefreshStep implements Step {
  readonly op = "refresh";
  readonly logical = false;
  readonly internal: boolean;
  private deleted = false;
  private diff: DiffResult | undefined;
  private refreshed: ResourceState;

  /** `registered` is given where the program's registration goes on from the refreshed state. */
  constructor(
    private readonly deployment: Deployment,
    readonly old: ResourceState,
    private readonly registered?: RegisteredRefresh,
  ) {
    this.refreshed = old;
    this.internal = (registered?.hidden ?? false) || isDefaultProvider(old.urn);
  }

  /** Whether the refreshed state is written as this step ends; the state is rebuilt at the end of all refreshes otherwise. */
  get persisted(): boolean {
    return this.registered !== undefined;
  }
  get next(): ResourceState | undefined {
    return this.deleted ? undefined : this.refreshed;
  }
  /** The program's view of the resource counts: it may have another name by now, or another provider. */
  get identity(): ResourceState {
    return this.registered?.wanted ?? this.old;
  }
  get urn(): string {
    return this.identity.urn;
  }
  get res(): ResourceState {
    return this.old;
  }
  get diffs(): readonly string[] | undefined {
    return this.diff?.changedKeys;
  }
  get detailedDiff(): Readonly<Record<string, PropertyDiff>> | undefined {
    return this.diff?.detailedDiff;
  }

  /** What the refresh means for the resource: this is what is counted. */
  get resultOp(): StepOp {
    if (this.deleted) return "delete";
    if (this.refreshed === this.old) return "same";
    const same = this.old.external
      ? mapsEqual(this.old.outputs ?? {}, this.refreshed.outputs ?? {})
      : this.diff === undefined || this.diff.changes === "none";
    return same ? "same" : "update";
  }

  async apply(): Promise<StepOutcome> {
    const { old } = this;
    if (!old.custom || isProviderType(old.type) || old.pendingReplacement) {
      if (!this.registered) return { status: "ok" };
      this.refreshed = copyResource(old);
      return { status: "ok", complete: () => this.registered?.onRefreshed(this.next) };
    }
    try {
      await this.read();
    } catch (thrown) {
      const error = asError(thrown);
      this.registered?.onRefreshed(error);
      return { status: "unknown", error };
    }
    return { status: "ok", complete: () => this.registered?.onRefreshed(this.next) };
  }

  fail(): void {
    // What waits for the state has been told.
  }

  skip(): void {
    this.registered?.onSkipped();
  }

  private async read(): Promise<void> {
    const { old, deployment } = this;
    const oldInputs = old.inputs ?? {};
    const oldOutputs = old.outputs ?? {};
    const provider = providerOf(deployment, this.identity);
    const identity = { urn: this.urn, type: this.identity.type, name: nameOf(this.urn) };
    let initErrors: readonly string[] = [];
    let found: ReadResult | undefined;
    try {
      const timeoutSeconds = old.customTimeouts?.read ?? 0;
      const known = { id: old.id ?? "", inputs: oldInputs, outputs: oldOutputs };
      found = await provider.read({ ...identity, ...known, timeoutSeconds });
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw error;
      initErrors = error.reasons;
      found = { id: error.id, inputs: error.inputs, outputs: error.outputs };
      deployment.diagnostics.warning(
        old.urn,
        `Refreshed resource is in an unhealthy state:\n* ${initErrors.join("\n* ")}`,
      );
    }
    if (!found?.id) {
      this.deleted = true;
      return;
    }
    const inputs = found.inputs ?? oldInputs;
    this.refreshed = this.takeOver(found.id, inputs, found.outputs, initErrors);
    if (!mapsEqual(inputs, oldInputs) || !mapsEqual(found.outputs, oldOutputs)) this.refreshed.modified = now();
    if (old.external) return;
    // The change that the next update would make, turned round: what came from the cloud.
    const diff = await diffResource(deployment, provider, {
      ...identity,
      id: found.id,
      oldInputs: inputs,
      oldOutputs: found.outputs,
      newInputs: oldInputs,
      ignoreChanges: old.ignoreChanges ?? [],
    });
    this.diff = invertDiff(diff);
  }

  private takeOver(
    id: string,
    inputs: PropertyMap,
    outputs: PropertyMap,
    initErrors: readonly string[],
  ): ResourceState {
    const state = copyResource(this.registered?.wanted ?? this.old);
    state.id = id;
    state.inputs = inputs;
    state.outputs = outputs;
    delete state.refreshBeforeUpdate;
    if (initErrors.length > 0) state.initErrors = [...initErrors];
    else delete state.initErrors;
    return state;
  }
}
