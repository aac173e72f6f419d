import { BaseState } from "../../../../../rehearsal/engine/deployment/base-state";
import { Deployment, type DeploymentOptions } from "../../../../../rehearsal/engine/deployment/deployment";
import type { ResourceProvider } from "../../../../../rehearsal/engine/deployment/provider-instance";
import type { ProviderRegistry } from "../../../../../rehearsal/engine/deployment/provider-registry";
import { UrnTargets } from "../../../../../rehearsal/engine/deployment/urn-targets";
import type { ResourceState } from "../../../../../rehearsal/engine/state/deployment-file";
import { urnOf } from "./thing-stack";

/** The reference of the provider that `testDeployment` knows. */
export const PROVIDER = `${urnOf("default", "pulumi:providers:tst")}::p-1`;

/** The state of a `Thing` of that name; dependencies are given by name. */
export function stateOf(name: string, more: Partial<ResourceState> = {}): ResourceState {
  return { urn: urnOf(name), type: "tst:index:Thing", custom: true, id: `${name}-1`, provider: PROVIDER, ...more };
}

/** The URNs of Things of these names. */
export const urns = (...names: string[]): string[] => names.map((name) => urnOf(name));

/** A deployment whose only provider is the given one; `reported` gathers what is told, as "error: text". */
export function testDeployment(
  provider: Partial<ResourceProvider>,
  more: Partial<DeploymentOptions> = {},
  resources: readonly ResourceState[] = [],
): { deployment: Deployment; reported: string[] } {
  const reported: string[] = [];
  const tell = (kind: string) => (_urn: string, message: string) => void reported.push(`${kind}: ${message}`);
  const options: DeploymentOptions = {
    mode: "update",
    dryRun: false,
    parallel: 1,
    refresh: false,
    refreshOnly: false,
    refreshProgram: false,
    targets: new UrnTargets([]),
    excludes: new UrnTargets([]),
    replaceTargets: new UrnTargets([]),
    targetDependents: false,
    excludeDependents: false,
    continueOnError: false,
    ...more,
  };
  const registry = {
    get: (reference: string) => (reference === PROVIDER ? provider : undefined),
    registerAlias: () => undefined,
    same: async () => undefined,
  } as unknown as ProviderRegistry;
  const diagnostics = { error: tell("error"), warning: tell("warning"), info: tell("info") };
  const ignore = async (): Promise<void> => undefined;
  const actions = { before: ignore, after: ignore, outputs: ignore, rebuilt: ignore };
  const base = new BaseState(resources, []);
  return {
    deployment: new Deployment("dev", "demo", options, base, registry, diagnostics, actions, undefined, undefined),
    reported,
  };
}
