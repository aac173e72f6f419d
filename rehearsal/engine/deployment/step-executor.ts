import type { ResourceState } from "../state/deployment-file";
import type { PropertyMap } from "../values/property-value";
import { asError } from "./as-error";
import { isBail } from "./bail-error";
import type { Deployment } from "./deployment";
import { withSecretOutputs } from "./secret-outputs";
import { Slots } from "./slots";
import type { OutputsEvent } from "./source-event";
import type { Step } from "./step";
import { SameStep } from "./steps/same-step";
import { ProtectedError } from "./steps/delete-step";
import { isRootStack } from "./urn";

/** Executes steps: those of one chain in their order, chains side by side. */
export class StepExecutor {
  /** The first error of a step. */
  error: Error | undefined;
  readonly failed: Step[] = [];
  /** The outputs of the stack; they are decided on at the end, when it is known whether the operation succeeded. */
  stackOutputs: OutputsEvent | undefined;
  private stopped = false;
  private readonly slots: Slots;
  private readonly running = new Set<Promise<void>>();
  /** Registered resources whose outputs may still come. */
  private readonly pending = new Map<string, Step>();

  constructor(
    private readonly deployment: Deployment,
    private readonly onStop: () => void,
    /** Errors are only remembered: refreshes go on with the other resources. */
    private readonly goOn = false,
  ) {
    this.slots = new Slots(deployment.options.parallel);
  }

  /** Starts no step any more; those that run are left to end. */
  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.onStop();
  }

  /** Executes the steps one after the other; resolves when the last has ended, or one failed. Never rejects. */
  chain(steps: readonly Step[]): Promise<void> {
    const work = this.slots.run(() => this.runChain(steps)).finally(() => this.running.delete(work));
    this.running.add(work);
    return work;
  }

  /** Executes the steps side by side. */
  async all(steps: readonly Step[]): Promise<void> {
    await Promise.all(steps.map((step) => this.chain([step])));
  }

  /** Waits until nothing runs. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  /** Takes the outputs of a component; those of the stack are kept for the end. */
  async outputs(event: OutputsEvent): Promise<void> {
    if (isRootStack(event.urn)) this.stackOutputs = event;
    else await this.registerOutputs(event.urn, event.outputs);
    event.done();
  }

  /** Gives the stack its outputs. After an error, outputs that did not come this time stay as they were. */
  async finishStack(errored: boolean): Promise<void> {
    if (!this.stackOutputs) return;
    const { urn, outputs } = this.stackOutputs;
    const old = this.deployment.base.olds.get(urn)?.outputs ?? {};
    await this.registerOutputs(urn, errored ? { ...old, ...outputs } : outputs);
  }

  private async registerOutputs(urn: string, outputs: PropertyMap): Promise<void> {
    const { base, plan, newPlan, actions } = this.deployment;
    const step = this.pending.get(urn);
    if (!step?.next) throw new Error(`cannot complete a resource '${urn}' whose registration isn't pending`);
    this.pending.delete(urn);
    if (step instanceof SameStep && step.reason === "skipped-create") return;
    const oldOutputs = base.olds.get(urn)?.outputs ?? {};
    plan?.checkOutputs(urn, oldOutputs, outputs);
    step.next.outputs = outputs;
    newPlan?.recordOutputs(urn, oldOutputs, outputs);
    await actions.outputs(step);
  }

  private async runChain(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      if (this.stopped) return;
      const error = await this.runStep(step).catch((thrown: unknown) => {
        // Not the step itself failed, but what is done before and after it: nobody has reported that.
        const unexpected = asError(thrown);
        if (!isBail(unexpected)) this.deployment.diagnostics.error(step.urn, unexpected.message);
        return unexpected;
      });
      if (!error) continue;
      this.onError(step, error);
      return;
    }
  }

  /** The error of the step; undefined where it succeeded. */
  private async runStep(step: Step): Promise<Error | undefined> {
    const { actions } = this.deployment;
    await actions.before(step);
    const outcome = await step.apply().catch((thrown: unknown) => ({
      status: "unknown" as const,
      error: asError(thrown),
      complete: undefined,
    }));
    if (!outcome.error && step.logical && step.next) this.pending.set(step.urn, step);
    if (step.next && step.op !== "replace") this.remember(step, step.next);
    await actions.after(step, outcome);
    outcome.complete?.();
    return outcome.error;
  }

  private remember(step: Step, state: ResourceState): void {
    if (state.outputs) state.outputs = withSecretOutputs(state, state.outputs);
    if (state.additionalSecretOutputs?.includes("id")) {
      this.deployment.diagnostics.warning(
        step.urn,
        "The 'id' property cannot be made secret. See pulumi/pulumi#2717 for more details.",
      );
    }
    const { news, reads, newPlan } = this.deployment;
    if (step.op === "read" || step.op === "read-replacement") reads.set(state.urn, state);
    else news.set(state.urn, state);
    newPlan?.recordState(state.urn, state.outputs ?? {});
  }

  private onError(step: Step, error: Error): void {
    this.error ??= error;
    if (this.goOn) return;
    // A refused deletion changed nothing: others are still tried, so that all refusals are told at once.
    if (this.deployment.options.continueOnError || error instanceof ProtectedError) {
      this.failed.push(step);
      step.fail();
    } else {
      this.stop();
    }
  }
}
