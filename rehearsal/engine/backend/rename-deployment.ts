import type { DeploymentFile, ResourceState } from "../state/deployment-file";
import { isMap, signatureOf, SIGNATURES, type PropertyMap, type PropertyValue } from "../values/property-value";
import type { StackReference } from "./stack-reference";

/**
 * The deployment of a stack that gets another name: every URN of the old stack becomes one of the new stack, wherever it
 * stands (dependencies, aliases, provider references, resource references in properties), and the root stack resource
 * is renamed. Ciphertexts stay as they are.
 */
export function renameDeployment(deployment: DeploymentFile, from: StackReference, to: StackReference): DeploymentFile {
  const rename = (urn: string) => renameUrn(urn, from, to);
  return {
    ...deployment,
    resources: deployment.resources?.map((resource) => renameResource(resource, rename)),
    pending_operations: deployment.pending_operations?.map((operation) => ({
      ...operation,
      resource: renameResource(operation.resource, rename),
    })),
  };
}

function renameUrn(urn: string, from: StackReference, to: StackReference): string {
  const prefix = `urn:pulumi:${from.name}::${from.project}::`;
  if (!urn.startsWith(prefix)) return urn;
  const rest = urn.slice(prefix.length);
  const renamed = rest.startsWith("pulumi:pulumi:Stack::") ? `pulumi:pulumi:Stack::${to.project}-${to.name}` : rest;
  return `urn:pulumi:${to.name}::${to.project}::${renamed}`;
}

function renameResource(resource: ResourceState, rename: (urn: string) => string): ResourceState {
  const copy: ResourceState = { ...resource, urn: rename(resource.urn) };
  if (copy.parent) copy.parent = rename(copy.parent);
  if (copy.deletedWith) copy.deletedWith = rename(copy.deletedWith);
  if (copy.viewOf) copy.viewOf = rename(copy.viewOf);
  if (copy.dependencies) copy.dependencies = copy.dependencies.map(rename);
  if (copy.replaceWith) copy.replaceWith = copy.replaceWith.map(rename);
  if (copy.aliases) copy.aliases = copy.aliases.map(rename);
  if (copy.propertyDependencies) {
    copy.propertyDependencies = Object.fromEntries(
      Object.entries(copy.propertyDependencies).map(([key, urns]) => [key, urns?.map(rename)]),
    );
  }
  if (copy.provider) copy.provider = renameProvider(copy.provider, rename);
  if (copy.inputs) copy.inputs = renameProperties(copy.inputs, rename) as PropertyMap;
  if (copy.outputs) copy.outputs = renameProperties(copy.outputs, rename) as PropertyMap;
  if (copy.replacementTrigger !== undefined)
    copy.replacementTrigger = renameProperties(copy.replacementTrigger, rename);
  return copy;
}

function renameProvider(reference: string, rename: (urn: string) => string): string {
  const end = reference.lastIndexOf("::");
  return rename(reference.slice(0, end)) + reference.slice(end);
}

function renameProperties(value: PropertyValue, rename: (urn: string) => string): PropertyValue {
  if (Array.isArray(value)) return value.map((element) => renameProperties(element, rename));
  if (!isMap(value)) return value;
  if (signatureOf(value) === SIGNATURES.resource) {
    const { urn } = value;
    return typeof urn === "string" ? { ...value, urn: rename(urn) } : value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, renameProperties(element, rename)]));
}
