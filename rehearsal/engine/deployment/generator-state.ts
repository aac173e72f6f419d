import type { ResourceState } from "../state/deployment-file";
import type { Deployment } from "./deployment";
import { providerUrnOf } from "./provider-reference";
import { dependenciesOf } from "./state-dependencies";
import type { Step } from "./step";
import type { UrnTargets } from "./urn-targets";

/** What the step rules remember of an operation: which URN was seen, and what was decided for it. */
export class GeneratorState {
  readonly urns = new Set<string>();
  readonly reads = new Set<string>();
  readonly creates = new Set<string>();
  readonly updates = new Set<string>();
  readonly replaces = new Set<string>();
  readonly deletes = new Set<string>();
  readonly sames = new Set<string>();
  readonly imports = new Set<string>();
  readonly refreshes = new Set<string>();
  /** Would have been created, but is not among the targets. */
  readonly skippedCreates = new Set<string>();
  /** Former URN to the URN that took it over, and the other way round. */
  readonly aliased = new Map<string, string>();
  readonly aliases = new Map<string, string>();
  /** Old resources for whose deletion there is a step. */
  readonly pendingDeletes = new Set<ResourceState>();
  /** Properties by which a deletion before a replacement reached a dependent resource. */
  readonly dependentReplaceKeys = new Map<string, readonly string[]>();
  /** Provider resources seen so far. */
  readonly providers = new Map<string, ResourceState>();
  /** What a destroy that runs the program has to delete after the registrations. */
  readonly toDelete: ResourceState[] = [];
  /** Original states to what a refresh made of them. */
  readonly refreshStates = new Map<ResourceState, ResourceState>();
  /** Steps for old resources that have to stand before the one that needs them. */
  pendingUntargetedSames: Step[] = [];
  readonly pendingUntargetedUrns = new Set<string>();
  /** Targets, with the dependents that were found on the way. */
  readonly targetsActual: UrnTargets;
  readonly excludesActual: UrnTargets;
  /** An error was reported that lets a preview go on, but not succeed. */
  sawError = false;

  constructor(private readonly deployment: Deployment) {
    this.targetsActual = deployment.options.targets.clone();
    this.excludesActual = deployment.options.excludes.clone();
  }

  /** Whether any step was made for the URN. */
  hasGeneratedStep(urn: string): boolean {
    return [this.creates, this.sames, this.updates, this.deletes, this.replaces, this.reads].some((set) =>
      set.has(urn),
    );
  }

  /** Whether the URN, or what took it over, is kept in some way. Deletions do not count: there may be several. */
  isOperatedOn(urn: string): boolean {
    const current = this.aliased.get(urn) ?? urn;
    return [this.sames, this.updates, this.replaces, this.reads, this.refreshes].some((set) => set.has(current));
  }

  /** Whether the operation is to touch the resource. */
  isIncluded(state: ResourceState): boolean {
    const { targets, excludes } = this.deployment.options;
    if (targets.constrained) return this.isTargeted(state);
    return !excludes.constrained || !this.isExcluded(state);
  }

  /** Whether the resource is a target, by itself or as a dependent of one. */
  isTargeted(state: ResourceState): boolean {
    const { targets, targetDependents } = this.deployment.options;
    if (targets.constrained && targets.contains(state.urn)) return true;
    return targetDependents && this.needsAny(state, this.targetsActual);
  }

  /** Whether the resource is left out, by itself or as a dependent of one that is. */
  isExcluded(state: ResourceState): boolean {
    const { excludes, excludeDependents } = this.deployment.options;
    if (excludes.contains(state.urn)) return true;
    return excludeDependents && this.needsAny(state, this.excludesActual);
  }

  private needsAny(state: ResourceState, targets: UrnTargets): boolean {
    if (state.provider && targets.contains(providerUrnOf(state.provider))) return true;
    return dependenciesOf(state).some((dependency) => targets.contains(dependency.urn));
  }
}
