import type { DeploymentFile, ResourceState } from "../state/deployment-file";

/** Features of checkpoints of version 4 that this engine keeps through a round trip. */
export const KNOWN_FEATURES: ReadonlySet<string> = new Set([
  "refreshBeforeUpdate",
  "views",
  "hooks",
  "taint",
  "replaceWith",
  "byteString",
  "snippets-prototype",
  "extensionParameterization",
]);

/**
 * The features that a deployment needs its reader to know, sorted. A deployment without any is of version 3, else 4.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/resource/stack/deployment.go
 */
export function featuresOf(deployment: DeploymentFile, inherited: readonly string[] = []): string[] {
  // Byte strings lie inside of ciphertexts, and snippets beside the resources: what was needed before stays needed.
  const features = new Set(inherited.filter((feature) => feature === "byteString" || feature === "snippets-prototype"));
  for (const resource of deployment.resources ?? []) addFeatures(resource, features);
  return [...features].sort();
}

function addFeatures(resource: ResourceState, features: Set<string>): void {
  if (resource.refreshBeforeUpdate) features.add("refreshBeforeUpdate");
  if (resource.viewOf) features.add("views");
  if (resource.resourceHooks && Object.keys(resource.resourceHooks).length > 0) features.add("hooks");
  if (resource.taint) features.add("taint");
  if (resource.replaceWith?.length) features.add("replaceWith");
  if (resource["extensionRef"]) features.add("extensionParameterization");
  if (resource["snippetID"]) features.add("snippets-prototype");
}
