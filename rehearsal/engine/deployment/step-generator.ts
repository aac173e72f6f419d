import type { CheckFailure } from "../provider/provider";
import type { ResourceState } from "../state/deployment-file";
import { beginRegistration } from "./begin-registration";
import { BailError } from "./bail-error";
import type { Deployment } from "./deployment";
import { describeValue } from "./describe-value";
import { generateReads } from "./generate-reads";
import { GeneratorState } from "./generator-state";
import type { ResourceProvider } from "./provider-instance";
import { isDeniedDefaultProvider, parseProviderReference } from "./provider-reference";
import type { Generated } from "./registration";
import type { ReadEvent, RegisterEvent } from "./source-event";
import { neededUrns } from "./state-dependencies";
import type { Step } from "./step";
import { SameStep } from "./steps/same-step";
import { isProviderType, nameOf, packageOf } from "./urn";
import { keptState } from "./untargeted-sames";

/** Turns what the program asks for into steps, one wish after the other, in the order in which they come. */
export class StepGenerator {
  readonly state: GeneratorState;

  constructor(readonly deployment: Deployment) {
    this.state = new GeneratorState(deployment);
  }

  /** The steps for a wish. Throws for one that cannot be granted; BailError where that has been reported. */
  async generate(event: RegisterEvent | ReadEvent): Promise<Generated> {
    if (event.kind === "read") return { steps: await generateReads(this, event) };
    return this.validated(await beginRegistration(this, event));
  }

  /** The steps that follow when something which the earlier ones did has ended. */
  async continue(rest: () => Promise<Generated>): Promise<Generated> {
    return this.validated(await rest());
  }

  /** The provider that manages the resource. */
  async provider(state: ResourceState): Promise<ResourceProvider> {
    const { registry, base, diagnostics } = this.deployment;
    if (isProviderType(state.type)) return registry;
    const reference = state.provider ?? "";
    const bail = (message: string): never => {
      diagnostics.error(state.urn, message);
      throw new BailError(message);
    };
    const parsed = parseProviderReference(reference);
    if (isDeniedDefaultProvider(parsed)) {
      const name = packageOf(parseProviderReference(reference).urn.split("::")[2] ?? "");
      return bail(`Default provider for '${name}' disabled. '${state.urn}' must use an explicit provider.`);
    }
    const known = registry.get(reference);
    if (known) return known;
    const old = base.olds.get(parsed.urn);
    if (!old || old.id !== parsed.id) return bail(`unknown provider '${reference}' for resource '${state.urn}'`);
    await this.deployment.ensureProvider(reference);
    if (!this.state.pendingUntargetedUrns.has(old.urn)) {
      this.state.pendingUntargetedUrns.add(old.urn);
      this.state.pendingUntargetedSames.push(
        new SameStep(this.deployment, undefined, old, keptState(old), "untargeted"),
      );
    }
    return registry.get(reference)!;
  }

  /** Whether the user asked for the resource's replacement. */
  isTargetedReplace(urn: string, old: ResourceState | undefined): boolean {
    const { replaceTargets } = this.deployment.options;
    return (replaceTargets.constrained && replaceTargets.contains(urn)) || !!old?.taint;
  }

  /** Reports what a provider refuses of a resource; false where that is nothing. */
  reportFailures(state: ResourceState, failures: readonly CheckFailure[]): boolean {
    for (const { property, reason } of failures) {
      const resource = `${state.type} resource '${nameOf(state.urn)}'`;
      const value = property === "" ? undefined : state.inputs?.[property];
      const message =
        property === ""
          ? `${resource} has a problem: ${reason}`
          : `${resource}: property ${property} value ${describeValue(value)} has a problem: ${reason}`;
      this.deployment.diagnostics.error(state.urn, message);
    }
    return failures.length > 0;
  }

  private validated(generated: Generated): Generated {
    // While something is awaited, the steps only serve to find it out.
    if (generated.rest) return generated;
    const steps = [...this.takePendingSames(), ...generated.steps];
    for (const step of steps) {
      this.deployment.plan?.checkStep(step);
      this.deployment.newPlan?.recordStep(step, this.state.aliased.get(step.urn) ?? step.urn);
    }
    const { targets, excludes, replaceTargets } = this.deployment.options;
    if ([targets, excludes, replaceTargets].some(({ constrained }) => constrained))
      for (const step of steps) this.refuseMissing(step);
    return { steps };
  }

  private takePendingSames(): Step[] {
    const { state } = this;
    const pending = state.pendingUntargetedSames;
    state.pendingUntargetedSames = [];
    return pending.filter(({ urn }) => {
      if (state.hasGeneratedStep(urn) || state.isOperatedOn(urn)) return false;
      state.urns.add(urn);
      state.sames.add(urn);
      return true;
    });
  }

  /** A step that needs a resource which is not created, not being a target, cannot be done. */
  private refuseMissing(step: Step): void {
    const { deployment, state } = this;
    if (!step.next || (step instanceof SameStep && step.reason === "skipped-create")) return;
    for (const urn of neededUrns(step.next)) {
      if (!state.skippedCreates.has(urn)) continue;
      const why = deployment.options.excludes.constrained
        ? "is excluded and not created yet; exclude both, or neither"
        : "was was not specified in --target list.";
      deployment.diagnostics.error(step.urn, `Resource '${step.urn}' depends on '${urn}' which ${why}`);
      state.sawError = true;
      if (!deployment.options.dryRun) throw new BailError("untargeted create");
      state.skippedCreates.delete(urn);
    }
  }
}
