import type { Deployment } from "@pulumi/pulumi/automation";
import { isObject, secretParts, withSecrets, type PlainObject } from "./property-values";

/** A resource of an exported state, as far as it is looked at. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  /** What is left of a replacement, waiting to be deleted. */
  readonly delete?: boolean;
  readonly inputs?: PlainObject;
  readonly outputs?: PlainObject;
  readonly [field: string]: unknown;
}

/** A stack's state that was exported with its secrets in clear. */
export class ExportedState {
  readonly resources: readonly StateResource[];
  readonly pendingOperations: readonly unknown[];
  private readonly byUrn: ReadonlyMap<string, StateResource>;

  constructor({ deployment }: Deployment) {
    const { resources, pending_operations: pending } = (deployment ?? {}) as {
      resources?: StateResource[] | null;
      pending_operations?: unknown[] | null;
    };
    this.resources = resources ?? [];
    this.pendingOperations = pending ?? [];
    this.byUrn = new Map(this.resources.filter((resource) => !resource.delete).map((one) => [one.urn, one]));
  }

  /** Whether there is more than the stack itself and providers that the engine made. */
  get hasResources(): boolean {
    return this.resources.some(({ type, urn }) => type !== "pulumi:pulumi:Stack" && !isDefaultProvider(type, urn));
  }

  /** Whether a resource is there. */
  has(urn: string): boolean {
    return this.byUrn.has(urn);
  }

  /** Inputs and outputs of a resource with their secrets marked; empty where there is no such resource. */
  of(urn: string): { readonly inputs: PlainObject; readonly outputs: PlainObject } {
    const { inputs, outputs } = this.byUrn.get(urn) ?? {};
    return { inputs: inClear(inputs), outputs: inClear(outputs) };
  }

  /** The stack's outputs with their secrets marked. */
  get outputs(): PlainObject {
    const stack = this.resources.find(({ type }) => type === "pulumi:pulumi:Stack");
    return stack ? this.of(stack.urn).outputs : {};
  }

  /** Every secret of the state, in clear. */
  get secrets(): unknown[] {
    const found: unknown[] = [];
    collectSecrets([this.resources, this.pendingOperations], found);
    return found;
  }
}

function inClear(properties: PlainObject | undefined): PlainObject {
  const marked = withSecrets(properties ?? {}, ({ plaintext }) => plaintext);
  return isObject(marked) ? marked : {};
}

function collectSecrets(value: unknown, found: unknown[]): void {
  const text = secretParts(value)?.plaintext;
  if (text !== undefined) found.push(JSON.parse(text));
  else if (Array.isArray(value)) for (const item of value) collectSecrets(item, found);
  else if (isObject(value)) for (const inner of Object.values(value)) collectSecrets(inner, found);
}

function isDefaultProvider(type: string, urn: string): boolean {
  return type.startsWith("pulumi:providers:") && (urn.split("::").at(3) ?? "").startsWith("default");
}
