import type { DeploymentFile, ResourceState } from "../state/deployment-file";
import { magicOf } from "./manifest";

/**
 * Says what makes a deployment unusable: a dependency that is missing or comes later, an unknown provider, a URN that two
 * live resources have. Undefined for a sound deployment. Texts and rules are the CLI's.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/resource/stack/snapshot/integrity.go
 */
export function integrityFault(deployment: DeploymentFile): string | undefined {
  const { magic, version } = deployment.manifest as Partial<DeploymentFile["manifest"]>;
  if (magic !== magicOf(version ?? "")) {
    return "magic cookie mismatch: possible tampering/corruption detected";
  }
  const resources = deployment.resources ?? [];
  const live = new Map<string, number>();
  const seen = new Set<string>();
  const providers = new Set<string>();
  for (const [index, resource] of resources.entries()) {
    const fault =
      shapeFault(resource, index) ??
      providerFault(resource, providers) ??
      dependencyFault(resource, index, seen, resources);
    if (fault) return fault;
    seen.add(resource.urn);
    if (!resource.delete) live.set(resource.urn, (live.get(resource.urn) ?? 0) + 1);
  }
  for (const [urn, count] of live) {
    if (count > 1) return `duplicate resource ${urn} (not marked for deletion)`;
  }
  return undefined;
}

function shapeFault(resource: ResourceState, index: number): string | undefined {
  if (!resource.urn) return `resource at index ${index} missing required 'urn' field`;
  if (!resource.type) return `resource '${resource.urn}' missing required 'type' field`;
  if (!resource.custom && resource.id) return `resource '${resource.urn}' has 'custom' false but non-empty ID`;
  return undefined;
}

/** Adds the resource to the known providers where it is one, and looks its own provider up. */
function providerFault(resource: ResourceState, providers: Set<string>): string | undefined {
  if (resource.type.startsWith("pulumi:providers:")) providers.add(`${resource.urn}::${resource.id ?? ""}`);
  const { provider } = resource;
  if (!provider) return undefined;
  if (!/^urn:pulumi:.+(?:::|\$)pulumi:providers:.+::.+::.+$/.test(provider)) {
    return `failed to parse provider reference for resource ${resource.urn}: ${provider}`;
  }
  if (providers.has(provider) || resource.pendingReplacement) return undefined;
  return `resource ${resource.urn} refers to unknown provider ${provider}`;
}

function dependencyFault(
  resource: ResourceState,
  index: number,
  seen: ReadonlySet<string>,
  resources: readonly ResourceState[],
): string | undefined {
  const { urn, parent, deletedWith } = resource;
  const later = (needed: string) => resources.some((other, at) => at > index && other.urn === needed);
  if (parent && !seen.has(parent)) {
    return later(parent)
      ? `child resource ${urn}'s parent ${parent} comes after it`
      : `child resource ${urn} refers to missing parent ${parent}`;
  }
  for (const needed of resource.dependencies ?? []) {
    if (seen.has(needed)) continue;
    return later(needed)
      ? `resource ${urn}'s dependency ${needed} comes after it`
      : `resource ${urn}'s dependency ${needed} refers to missing resource`;
  }
  for (const [key, urns] of Object.entries(resource.propertyDependencies ?? {})) {
    const needed = urns?.find((candidate) => !seen.has(candidate));
    if (needed === undefined) continue;
    const what = `resource ${urn}'s property dependency ${needed} (from property ${key})`;
    return later(needed) ? `${what} comes after it` : `${what} refers to missing resource`;
  }
  if (deletedWith && !seen.has(deletedWith)) {
    return later(deletedWith)
      ? `resource ${urn} is specified as being deleted with ${deletedWith}, which comes after it`
      : `resource ${urn} is specified as being deleted with ${deletedWith}, which is missing`;
  }
  for (const needed of resource.replaceWith ?? []) {
    if (seen.has(needed)) continue;
    const what = `resource ${urn} is specified as being replaced with ${needed}`;
    return later(needed) ? `${what}, which comes after it` : `${what}, which is missing`;
  }
  return undefined;
}
