import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  CreateResult,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  InvokeRequest,
  InvokeResult,
  PropertyDiff,
  Provider,
  ProviderFeatures,
  ReadRequest,
  ReadResult,
  UpdateRequest,
  UpdateResult,
} from "../engine/provider/provider";
import { detailedDiff } from "../engine/values/object-diff";
import { parsePropertyPath } from "../engine/values/property-path";
import { type PropertyMap, type PropertyValue, UNKNOWN } from "../engine/values/property-value";
import { makeSecret, unwrapSecretsOf } from "../engine/values/secret-value";
import { containsUnknowns } from "../engine/values/unknown-value";
import {
  computeOutputs,
  type MemoryResource,
  type MemoryResourceType,
  type OutputSource,
} from "./memory-resource-type";

export interface MemoryProviderOptions {
  /** Resource types by token. Others exist too: their outputs are their inputs, and every change is an update. */
  readonly types?: Readonly<Record<string, MemoryResourceType>>;
  /** Functions by token, such as `aws:index/getRegion:getRegion`. Others fail. */
  readonly functions?: Readonly<Record<string, (args: PropertyMap) => PropertyMap | Promise<PropertyMap>>>;
}

/** A provider that keeps its resources in memory: the cloud of a lifecycle test. */
export class MemoryProvider implements Provider {
  readonly version = "1.0.0";
  /** What exists, by id. A test may change it, as a person in a vendor's console would: `refresh` finds that. */
  readonly resources = new Map<string, MemoryResource>();
  private count = 0;

  /** `name` is the package, such as `aws`. */
  constructor(
    readonly name: string,
    private readonly options: MemoryProviderOptions = {},
  ) {}

  async configure(): Promise<ProviderFeatures> {
    return { supportsPreview: true };
  }

  async check({ type, newInputs }: CheckRequest): Promise<CheckResult> {
    const known = Object.entries(unwrapSecretsOf(newInputs)).filter(([, value]) => !containsUnknowns(value));
    const reasons = Object.entries(this.typeOf(type).check?.(Object.fromEntries(known)) ?? {});
    const failures = reasons.filter(([property]) => !containsUnknowns(newInputs[property]));
    return { inputs: newInputs, failures: failures.map(([property, reason]) => ({ property, reason })) };
  }

  async diff({ type, oldInputs, newInputs }: DiffRequest): Promise<DiffResult> {
    const { replaceOn = [], deleteBeforeReplace = false } = this.typeOf(type);
    const differences = Object.entries(detailedDiff(oldInputs, newInputs)).map(([path, difference]) => {
      const property = String(parsePropertyPath(path)[0]);
      const replaces = replaceOn.includes(property);
      const kind = (replaces ? `${difference.kind}-replace` : difference.kind) as PropertyDiff["kind"];
      return { path, property, replaces, difference: { ...difference, kind } };
    });
    const propertiesOf = (some: typeof differences): string[] => [...new Set(some.map(({ property }) => property))];
    return {
      changes: differences.length > 0 ? "some" : "none",
      changedKeys: propertiesOf(differences),
      replaceKeys: propertiesOf(differences.filter(({ replaces }) => replaces)),
      deleteBeforeReplace,
      detailedDiff: Object.fromEntries(differences.map(({ path, difference }) => [path, difference])),
    };
  }

  async create({ type, name, inputs, preview }: CreateRequest): Promise<CreateResult> {
    const described = this.typeOf(type);
    if (preview)
      return { id: "", outputs: this.marked(type, computeOutputs(described, { type, name, id: "", inputs }, UNKNOWN)) };
    const id = described.id?.({ name, inputs }) ?? `${name}-${++this.count}`;
    if (this.resources.has(id)) throw new Error(`a resource with the id "${id}" exists already`);
    const resource = { type, name, id, inputs };
    await described.beforeCreate?.(resource);
    return { id, outputs: this.keep(resource) };
  }

  async update({ type, name, id, newInputs, preview }: UpdateRequest): Promise<UpdateResult> {
    const described = this.typeOf(type);
    const resource = { type, name, id, inputs: newInputs };
    if (preview) {
      const unknown = containsUnknowns(newInputs) ? UNKNOWN : undefined;
      return { outputs: this.marked(type, computeOutputs(described, resource, unknown)) };
    }
    if (!this.resources.has(id)) throw new Error(`no resource has the id "${id}"`);
    await described.beforeUpdate?.(resource);
    return { outputs: this.keep(resource) };
  }

  async read({ type, id }: ReadRequest): Promise<ReadResult | undefined> {
    const found = this.resources.get(id);
    if (found?.type !== type) return undefined;
    return { id, inputs: found.inputs, outputs: this.marked(type, found.outputs) };
  }

  async delete({ type, id }: DeleteRequest): Promise<void> {
    const resource = this.resources.get(id);
    if (!resource) return;
    await this.typeOf(type).beforeDelete?.(resource);
    this.resources.delete(id);
  }

  async invoke({ token, args }: InvokeRequest): Promise<InvokeResult> {
    const run = this.options.functions?.[token];
    if (!run) {
      const known = Object.keys(this.options.functions ?? {}).join(", ") || "none";
      throw new Error(`no function "${token}" in the provider ${this.name}; it has ${known}: add it to its functions`);
    }
    return { outputs: await run(unwrapSecretsOf(args)) };
  }

  private keep(resource: OutputSource): PropertyMap {
    const outputs = computeOutputs(this.typeOf(resource.type), resource, undefined);
    this.resources.set(resource.id, { ...resource, outputs });
    return this.marked(resource.type, outputs);
  }

  /** The outputs with those of the type marked as secret; what was secret in the inputs is marked by the engine. */
  private marked(type: string, outputs: PropertyMap): PropertyMap {
    const { secretOutputs = [] } = this.typeOf(type);
    const mark = ([key, value]: [string, PropertyValue]): [string, PropertyValue] =>
      secretOutputs.includes(key) ? [key, makeSecret(value)] : [key, value];
    return Object.fromEntries(Object.entries(outputs).map(mark));
  }

  private typeOf(type: string): MemoryResourceType {
    return this.options.types?.[type] ?? {};
  }
}
