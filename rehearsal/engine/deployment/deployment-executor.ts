import { EngineError } from "../engine-error";
import { asError } from "./as-error";
import { AsyncQueue } from "./async-queue";
import { BailError, isBail } from "./bail-error";
import type { Deployment } from "./deployment";
import { executeDeletes } from "./execute-deletes";
import { deleteGraph, generateDeletes } from "./generate-deletes";
import { refreshRemaining } from "./generate-refreshes";
import { PlanViolation } from "../plan/plan-violation";
import { refreshBase } from "./refresh-base";
import type { Generated } from "./registration";
import type { Source, SourceEvent } from "./source-event";
import { dependenciesOf } from "./state-dependencies";
import type { Step } from "./step";
import { StepExecutor } from "./step-executor";
import { StepGenerator } from "./step-generator";
import { warnOfPendingOperations } from "./pending-operations";
import { checkTargets } from "./check-targets";

type Item =
  | { readonly kind: "event"; readonly event: SourceEvent | undefined }
  | { readonly kind: "rest"; readonly rest: () => Promise<Generated> }
  | { readonly kind: "error"; readonly error: Error }
  | { readonly kind: "stop" };

/** Carries an operation out, from its first wish to its last deletion. */
export class DeploymentExecutor {
  private readonly generator: StepGenerator;
  private readonly executor: StepExecutor;
  private readonly queue = new AsyncQueue<Item>();
  /** Rests of registrations that are still to come. */
  private awaited = 0;
  private readonly cancellation = new AbortController();
  /** With continue-on-error: what was not tried because of a failure. */
  private readonly skipped = new Set<string>();

  constructor(private readonly deployment: Deployment) {
    this.generator = new StepGenerator(deployment);
    this.executor = new StepExecutor(deployment, () => this.queue.push({ kind: "stop" }));
  }

  /** Asks for an early end: no further steps, and providers are to end what they do. */
  async cancel(): Promise<void> {
    this.cancellation.abort();
    this.executor.stop();
    await this.deployment.registry.cancel();
  }

  /** Resolves when everything is done; rejects with BailError, having reported why, where that failed. */
  async execute(openSource: () => Promise<Source>): Promise<void> {
    let source: Source | undefined;
    try {
      source = await this.begin(openSource);
    } catch (thrown) {
      throw thrown instanceof EngineError ? thrown : this.report("", thrown);
    }
    if (source) await this.carryOut(source);
  }

  /** Does what comes before the program's wishes; undefined where that is all. */
  private async begin(openSource: () => Promise<Source>): Promise<Source | undefined> {
    const { options, base } = this.deployment;
    if (options.refresh && !options.refreshProgram) {
      await refreshBase(this.deployment, this.generator, this.cancellation.signal);
      if (options.refreshOnly) return undefined;
    } else if (!options.refresh && !options.refreshProgram && base.asksForRefresh) {
      await refreshBase(this.deployment, this.generator, this.cancellation.signal, true);
    } else if (!options.dryRun) {
      warnOfPendingOperations(this.deployment.diagnostics, base.pendingOperations);
    }
    checkTargets(this.deployment, options.replaceTargets, undefined);
    return openSource();
  }

  private async carryOut(source: Source): Promise<void> {
    let failure: Error | undefined;
    try {
      await this.run(source);
    } catch (thrown) {
      failure = asError(thrown);
    }
    await this.executor.idle();
    const errored = !!failure || !!this.executor.error || this.generator.state.sawError;
    try {
      await this.executor.finishStack(errored || this.canceled);
    } catch (thrown) {
      failure ??= thrown instanceof PlanViolation ? this.warn(thrown) : this.report("", thrown);
    }
    if (!errored) failure ??= this.missingFromPlan();
    await this.close(source, failure);
    this.conclude(failure);
  }

  private get canceled(): boolean {
    return this.cancellation.signal.aborted;
  }

  private async run(source: Source): Promise<void> {
    void this.pump(source);
    let ended = false;
    for (;;) {
      const item = await this.queue.next();
      if (item.kind === "stop") return;
      if (item.kind === "error") {
        this.executor.stop();
        throw this.report("", item.error);
      }
      if (item.kind === "event" && !item.event) ended = true;
      else await this.handle(item);
      if (ended && this.awaited === 0) break;
    }
    const unknownTarget = this.unknownTarget();
    await this.finish();
    if (unknownTarget) throw unknownTarget;
  }

  /** Passes the program's wishes on as they come. */
  private async pump(source: Source): Promise<void> {
    try {
      for (;;) {
        const event = await source.next();
        this.queue.push({ kind: "event", event });
        if (!event) return;
      }
    } catch (thrown) {
      this.queue.push({ kind: "error", error: asError(thrown) });
    }
  }

  private async handle(item: Item): Promise<void> {
    let generated: Generated;
    try {
      if (item.kind === "rest") {
        this.awaited--;
        generated = await this.generator.continue(item.rest);
      } else if (item.kind === "event" && item.event) {
        if (item.event.kind === "outputs") {
          await this.executor.outputs(item.event);
          return;
        }
        generated = await this.generator.generate(item.event);
      } else {
        return;
      }
    } catch (thrown) {
      this.executor.stop();
      throw this.report(urnOf(this.deployment, item), thrown);
    }
    if (generated.rest) {
      this.awaited++;
      void generated.rest.then((rest) => this.queue.push({ kind: "rest", rest }));
    }
    const steps = this.withoutSkipped(generated.steps);
    if (steps.length > 0) void this.executor.chain(steps);
  }

  /** Leaves out steps that need what failed, and tells the program so. */
  private withoutSkipped(steps: readonly Step[]): Step[] {
    for (const step of this.executor.failed) this.skipped.add(step.urn);
    return steps.filter((step) => {
      // A provider does not count: one that failed to change is used as it was.
      if (!dependenciesOf(step.res).some(({ urn }) => this.skipped.has(urn))) return true;
      this.skipped.add(step.urn);
      step.skip();
      return false;
    });
  }

  /** What is left when the program has ended: deletions, or the refresh of what it did not register. */
  private async finish(): Promise<void> {
    if (this.deployment.base.resources.length === 0) return;
    await this.executor.idle();
    if (this.stoppedEarly()) return;
    try {
      if (this.deployment.options.mode === "refresh") {
        await refreshRemaining(this.generator, this.executor);
        return;
      }
      const { sames, deletes } = await generateDeletes(this.generator);
      await this.executor.chain(sames);
      await executeDeletes(deletes, deleteGraph(this.generator), this.executor, () => this.stoppedEarly());
    } catch (thrown) {
      // What was refused has been told, and counts as an error of the rules: the operation ends with that.
      if (!isBail(thrown)) throw this.report("", thrown);
    }
  }

  private stoppedEarly(): boolean {
    return this.canceled || (!!this.executor.error && this.executor.failed.length === 0);
  }

  private unknownTarget(): Error | undefined {
    try {
      checkTargets(this.deployment, this.deployment.options.targets, this.generator.state.urns);
      return undefined;
    } catch (error) {
      return asError(error);
    }
  }

  private missingFromPlan(): Error | undefined {
    const missing = this.deployment.plan?.missing(this.deployment.base.resources) ?? [];
    for (const urn of missing) {
      this.report(urn, new Error(`expected resource operations for ${urn} but none were seen`));
    }
    return missing.length > 0 ? new BailError("the plan was not carried out as a whole") : undefined;
  }

  /** Ends the program. One that had not failed so far may fail as it ends. */
  private async close(source: Source, failure: Error | undefined): Promise<void> {
    try {
      await source.close();
    } catch (thrown) {
      if (!failure && !this.executor.error && !this.canceled) throw this.report("", thrown);
    }
  }

  private conclude(failure: Error | undefined): void {
    if (failure) throw isBail(failure) ? failure : new BailError(failure.message);
    const failed = !!this.executor.error || this.generator.state.sawError;
    if (!failed && !this.canceled) return;
    const kind = this.deployment.options.dryRun ? "preview" : "update";
    const message = `${kind} ${failed ? "failed" : "canceled"}`;
    this.deployment.diagnostics.error("", message);
    throw new BailError(message);
  }

  /** Where outputs of the stack are not as planned the CLI fails without a word: a warning is no error more than it has. */
  private warn({ message }: PlanViolation): Error {
    this.deployment.diagnostics.warning("", message);
    return new BailError(message);
  }

  /** Reports an error unless that has been done, and returns it as one that has. */
  private report(urn: string, thrown: unknown): Error {
    const error = asError(thrown);
    if (isBail(error)) return error;
    this.deployment.diagnostics.error(urn, error.message);
    return new BailError(error.message);
  }
}

function urnOf(deployment: Deployment, item: Item): string {
  if (item.kind !== "event" || !item.event) return "";
  if (item.event.kind === "outputs") return item.event.urn;
  const { parent, type, name } = item.event.kind === "register" ? item.event.goal : item.event;
  return deployment.urnOf(parent, type, name);
}
