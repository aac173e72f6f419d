import { asError } from "../deployment/as-error";
import { ProviderInstance } from "../deployment/provider-instance";
import { formatProviderReference } from "../deployment/provider-reference";
import { configOf } from "../deployment/provider-registry";
import { withSecretOutputs } from "../deployment/secret-outputs";
import { now } from "../deployment/timestamp";
import { isProviderType, nameOf, packageOf } from "../deployment/urn";
import type { ProviderSource } from "../provider/provider";
import type { DeploymentFile, PendingOperation, ResourceState } from "../state/deployment-file";
import { mapsEqual } from "../values/property-equality";
import type { PropertyMap } from "../values/property-value";

/** A state whose interrupted creations are settled as far as that can be told. */
export interface Settled {
  readonly deployment: DeploymentFile;
  /** The state on disk is not this one any more. */
  readonly changed: boolean;
  /** What people should know of it. */
  readonly notes: readonly { readonly severity: "info" | "warning"; readonly urn: string; readonly text: string }[];
}

/**
 * Finds out what became of creations that a killed engine had begun: what they made comes into the state, and those that
 * made nothing are forgotten. A creation of which nobody can tell stays among the pending operations, as with the CLI.
 *
 * The other pending operations need nothing: an update or a deletion is repeated by the next operation, since the state
 * still asks for it, and a read or an import has changed nothing.
 */
export async function settleCreations(deployment: DeploymentFile, providers: ProviderSource): Promise<Settled> {
  const { pending_operations: pending = [] } = deployment;
  let resources = deployment.resources ?? [];
  const left: PendingOperation[] = [];
  const notes: Settled["notes"][number][] = [];
  for (const operation of pending) {
    const { resource, type } = operation;
    const { urn } = resource;
    try {
      const made = type === "creating" ? await madeBy(resource, resources, providers) : "unknown";
      if (made === "unknown") left.push(operation);
      else if (made !== "nothing") {
        resources = withMade(resources, made);
        notes.push({ severity: "info", urn, text: "created by an interrupted operation; it is part of the state now" });
      }
    } catch (thrown) {
      left.push(operation);
      const text = `cannot tell what became of its interrupted creation: ${asError(thrown).message}`;
      notes.push({ severity: "warning", urn, text });
    }
  }
  const changed = left.length < pending.length;
  return { deployment: changed ? { ...deployment, resources, pending_operations: left } : deployment, changed, notes };
}

/** What the creation has made; "unknown" where its provider cannot tell. */
async function madeBy(
  resource: ResourceState,
  resources: readonly ResourceState[],
  providers: ProviderSource,
): Promise<ResourceState | "nothing" | "unknown"> {
  const { urn, type, inputs = {} } = resource;
  // These exist in the state alone.
  if (!resource.custom || isProviderType(type) || packageOf(type) === "pulumi") return "nothing";
  const provider = await configured(providerState(resource, resources), providers);
  if (!provider?.findsInterrupted) return "unknown";
  const knownIds = resources.flatMap((other) => {
    const same = other.type === type && haveSameProvider(other, resource, resources);
    return same && other.id ? [other.id] : [];
  });
  const found = await provider.findInterrupted({ urn, type, name: nameOf(urn), inputs, knownIds });
  if (!found) return "nothing";
  const { id } = found;
  const outputs = withSecretOutputs(resource, found.outputs);
  const time = now();
  return { ...resource, id, outputs, created: time, modified: time };
}

async function configured(
  state: ResourceState | undefined,
  providers: ProviderSource,
): Promise<ProviderInstance | undefined> {
  if (!state) return undefined;
  const { version } = state.inputs ?? {};
  const provider = providers(packageOf(state.type), typeof version === "string" ? version : undefined);
  if (!provider?.findInterrupted) return undefined;
  const instance = new ProviderInstance(provider);
  await instance.configure(configOf(state.inputs ?? {}));
  return instance;
}

/** Whether two resources live in the same place: another account may have the same ids. */
function haveSameProvider(a: ResourceState, b: ResourceState, resources: readonly ResourceState[]): boolean {
  if (a.provider === b.provider) return true;
  const place = (resource: ResourceState): PropertyMap => {
    const { version: _, ...config } = configOf(providerState(resource, resources)?.inputs ?? {});
    return config;
  };
  return mapsEqual(place(a), place(b));
}

function providerState({ provider }: ResourceState, resources: readonly ResourceState[]): ResourceState | undefined {
  return resources.find(({ urn, id = "", type }) => {
    return isProviderType(type) && formatProviderReference({ urn, id }) === provider;
  });
}

/** The resources with one that was made: before the one that it replaces, else after all that it may need. */
function withMade(resources: readonly ResourceState[], made: ResourceState): ResourceState[] {
  const at = resources.findIndex((resource) => resource.urn === made.urn && !resource.delete);
  const old = resources[at];
  if (!old) return [...resources, made];
  const replaced = old.pendingReplacement ? [made] : [made, { ...old, delete: true }];
  return [...resources.slice(0, at), ...replaced, ...resources.slice(at + 1)];
}
