import type { ResourceState } from "../state/deployment-file";
import { KnownSecrets } from "../values/known-secrets";
import type { BaseState } from "./base-state";
import type { Diagnostics } from "./diagnostics";
import type { Goal } from "./goal";
import type { PlanCheck } from "../plan/plan-check";
import type { PlanRecorder } from "../plan/plan-recorder";
import { parseProviderReference } from "./provider-reference";
import type { ProviderRegistry } from "./provider-registry";
import type { Step, StepOutcome } from "./step";
import { createUrn } from "./urn";
import type { UrnTargets } from "./urn-targets";

/** What an operation was asked to do. */
export interface DeploymentOptions {
  /** `update` also serves previews; `refresh` and `destroy` are operations that run the program for its registrations. */
  readonly mode: "update" | "refresh" | "destroy";
  readonly dryRun: boolean;
  /** How many steps may run at once; 0 for any number. */
  readonly parallel: number;
  /** Refresh the whole state before anything else. */
  readonly refresh: boolean;
  /** Nothing but the refresh. */
  readonly refreshOnly: boolean;
  /** Refresh each resource when the program registers it. */
  readonly refreshProgram: boolean;
  readonly targets: UrnTargets;
  readonly excludes: UrnTargets;
  readonly replaceTargets: UrnTargets;
  readonly targetDependents: boolean;
  readonly excludeDependents: boolean;
  readonly continueOnError: boolean;
}

/** Is told of each step: reports it, and brings it into the state. */
export interface StepActions {
  before(step: Step): Promise<void>;
  after(step: Step, outcome: StepOutcome): Promise<void>;
  /** A component's outputs arrived. */
  outputs(step: Step): Promise<void>;
  /** A refresh has replaced the resources of the base state. */
  rebuilt(): Promise<void>;
}

/** An operation on one stack: what its parts share. */
export class Deployment {
  /** Goals by URN, as registered. */
  readonly goals = new Map<string, Goal>();
  /** Resources that this operation manages. */
  readonly news = new Map<string, ResourceState>();
  /** Resources that this operation only read. */
  readonly reads = new Map<string, ResourceState>();
  /** What the outputs of other stacks have shown to be secret. */
  readonly knownSecrets = new KnownSecrets();

  constructor(
    readonly stack: string,
    readonly project: string,
    readonly options: DeploymentOptions,
    readonly base: BaseState,
    readonly registry: ProviderRegistry,
    readonly diagnostics: Diagnostics,
    readonly actions: StepActions,
    readonly plan: PlanCheck | undefined,
    readonly newPlan: PlanRecorder | undefined,
  ) {}

  urnOf(parent: string, type: string, name: string): string {
    return createUrn(this.stack, this.project, parent, type, name);
  }

  /** Makes a provider of the base state usable, for a resource that is to be refreshed or deleted. */
  async ensureProvider(reference: string | undefined): Promise<void> {
    if (!reference || this.registry.get(reference)) return;
    const { urn, id } = parseProviderReference(reference);
    const state = this.base.allOlds.get(urn)?.find((resource) => resource.id === id);
    if (!state) throw new Error(`could not find provider ${reference}`);
    await this.registry.same(state, false);
  }
}
