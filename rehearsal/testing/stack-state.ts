import { nameOf } from "../engine/deployment/urn";
import type { DeploymentFile, ResourceState } from "../engine/state/deployment-file";
import { formatPropertyPath, type PropertyPath } from "../engine/values/property-path";
import { isMap, type PropertyMap, type PropertyValue } from "../engine/values/property-value";
import { isSecret } from "../engine/values/secret-value";
import { isOfProgram } from "./program-resource";

/** A resource as the state has it after an operation. Values are in clear; which of them are secret is told beside them. */
export interface ResourceInState {
  readonly urn: string;
  /** Type token, such as `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** Name in the program. */
  readonly name: string;
  /** Absent for components. */
  readonly id?: string;
  /** URN of the parent; absent where that is the stack. */
  readonly parent?: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
  /** Property paths of the inputs that are secret, such as `password` or `users[0].key`. */
  readonly secretInputs: readonly string[];
  readonly secretOutputs: readonly string[];
  /** URNs of the resources that it needs. */
  readonly dependencies: readonly string[];
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** Read by the program, not managed by it. */
  readonly external: boolean;
  /** Replaced already, waits to be deleted. */
  readonly pendingDelete: boolean;
  /** Why it did not become ready; empty for a healthy resource. */
  readonly initErrors: readonly string[];
}

/** The program's own resources of a deployment as `stack export --show-secrets` gives it, in the state's order. */
export function resourcesOf(deployment: DeploymentFile | null): readonly ResourceInState[] {
  return (deployment?.resources ?? []).filter(({ urn }) => isOfProgram(urn)).map(inState);
}

function inState(state: ResourceState): ResourceInState {
  const inputs = reveal(state.inputs);
  const outputs = reveal(state.outputs);
  const parent = state.parent && isOfProgram(state.parent) ? { parent: state.parent } : {};
  return {
    urn: state.urn,
    type: state.type,
    name: nameOf(state.urn),
    ...(state.id ? { id: state.id } : {}),
    ...parent,
    inputs: inputs.values,
    outputs: outputs.values,
    secretInputs: inputs.secrets,
    secretOutputs: outputs.secrets,
    dependencies: state.dependencies ?? [],
    protect: state.protect ?? false,
    retainOnDelete: state.retainOnDelete ?? false,
    external: state.external ?? false,
    pendingDelete: state.delete ?? false,
    initErrors: state.initErrors ?? [],
  };
}

function reveal(properties: PropertyMap = {}): { values: PropertyMap; secrets: readonly string[] } {
  const secrets: string[] = [];
  const visit = (value: PropertyValue, path: PropertyPath): PropertyValue => {
    if (Array.isArray(value)) return value.map((element, i) => visit(element, [...path, i]));
    if (!isMap(value)) return value;
    if (!isSecret(value)) return visitMap(value, path);
    secrets.push(formatPropertyPath(path));
    return JSON.parse(value.plaintext as string) as PropertyValue;
  };
  const visitMap = (map: PropertyMap, path: PropertyPath): PropertyMap =>
    Object.fromEntries(Object.entries(map).map(([key, value]) => [key, visit(value, [...path, key])]));
  return { values: visitMap(properties, []), secrets };
}
