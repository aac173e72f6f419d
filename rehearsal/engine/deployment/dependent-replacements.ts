import type { ResourceState } from "../state/deployment-file";
import { UNKNOWN, type PropertyMap } from "../values/property-value";
import { providerUrnOf } from "./provider-reference";
import { applyReplaceOnChanges } from "./replace-on-changes";
import { diffResource, needsReplacement } from "./resource-diff";
import type { StepGenerator } from "./step-generator";
import { isProviderType, nameOf } from "./urn";

/** A resource that has to be replaced because of another, and the properties through which it was reached. */
export interface DependentReplacement {
  readonly resource: ResourceState;
  readonly keys: readonly string[];
}

/**
 * The resources that would have to be replaced if this one were deleted and created anew, in dependency order. What a
 * dependent takes from a resource to be replaced counts as unknown; its provider says whether that needs a replacement.
 */
export async function dependentReplacements(
  generator: StepGenerator,
  root: ResourceState,
): Promise<DependentReplacement[]> {
  const { deployment, state } = generator;
  const replaced = new Set([root.urn]);
  const found: DependentReplacement[] = [];
  // What has been registered in this operation cannot depend on a resource that is only now being replaced.
  const impossible = (urn: string): boolean => state.hasGeneratedStep(urn);
  for (const resource of deployment.base.graph.dependingOn(root, impossible, false)) {
    const keys = await replacementKeys(generator, resource, replaced);
    if (!keys) continue;
    found.push({ resource, keys });
    replaced.add(resource.urn);
  }
  return found;
}

/** The resources that asked to be replaced or to go together with this one. */
export function cascadeReplacements({ deployment }: StepGenerator, urn: string): DependentReplacement[] {
  const all = new Map<string, ResourceState>([...deployment.base.olds, ...deployment.news]);
  return [...all.values()]
    .filter((state) => state.deletedWith === urn || state.replaceWith?.includes(urn))
    .map((resource) => ({ resource, keys: [] }));
}

/** The properties that need the replacement; undefined where none is needed. */
async function replacementKeys(
  generator: StepGenerator,
  resource: ResourceState,
  replaced: ReadonlySet<string>,
): Promise<readonly string[] | undefined> {
  const { deployment } = generator;
  if (!resource.custom || resource.external) return undefined;
  if (resource.provider && replaced.has(providerUrnOf(resource.provider))) {
    await deployment.ensureProvider(resource.provider);
    return [];
  }
  if (resource.deletedWith && replaced.has(resource.deletedWith)) return [];
  const inputs = resource.inputs ?? {};
  const newInputs: PropertyMap = { ...inputs };
  for (const key of Object.keys(inputs)) {
    if (resource.propertyDependencies?.[key]?.some((urn) => replaced.has(urn))) newInputs[key] = UNKNOWN;
  }
  if (Object.keys(inputs).every((key) => newInputs[key] === inputs[key])) return undefined;
  if (isProviderType(resource.type)) await deployment.registry.same(resource, false);
  else await deployment.ensureProvider(resource.provider);
  const diff = await diffResource(deployment, await generator.provider(resource), {
    urn: resource.urn,
    type: resource.type,
    name: nameOf(resource.urn),
    id: resource.id ?? "",
    oldInputs: inputs,
    oldOutputs: resource.outputs ?? {},
    newInputs,
    ignoreChanges: resource.ignoreChanges ?? [],
  });
  const applied = applyReplaceOnChanges(diff, resource.replaceOnChanges ?? [], false);
  return needsReplacement(applied) ? (applied.replaceKeys ?? []) : undefined;
}
