import { randomUUID } from "node:crypto";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  CreateResult,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  Provider,
  ProviderSource,
  ReadResult,
  UpdateRequest,
  UpdateResult,
} from "../provider/provider";
import type { ResourceState } from "../state/deployment-file";
import { mapsEqual } from "../values/property-equality";
import type { PropertyMap } from "../values/property-value";
import { ProviderInstance, type ResourceProvider } from "./provider-instance";
import { formatProviderReference, UNKNOWN_ID } from "./provider-reference";
import { packageOf } from "./urn";

/** Properties of a provider resource that only the engine knows. */
const INTERNAL = "__internal";
/** Id under which a checked provider waits for its configuration. */
const UNCONFIGURED = "unconfigured";

/**
 * The providers of an operation, by reference. To the step rules it is the provider of provider resources: creating
 * one means configuring it.
 */
export class ProviderRegistry implements ResourceProvider {
  private readonly instances = new Map<string, ProviderInstance>();
  private readonly aliases = new Map<string, string>();

  constructor(
    private readonly source: ProviderSource,
    private readonly builtin: Provider,
  ) {}

  get(reference: string): ProviderInstance | undefined {
    return this.instances.get(reference);
  }

  /** Lets references to a provider's former URN find it. */
  registerAlias(urn: string, alias: string): void {
    if (urn !== alias) this.aliases.set(urn, alias);
  }

  /** Asks every provider to end what it does soon. */
  async cancel(): Promise<void> {
    await Promise.allSettled([...new Set(this.instances.values())].map((instance) => instance.cancel()));
  }

  async check(request: CheckRequest): Promise<CheckResult> {
    const version = request.newInputs.version;
    if (version !== undefined && typeof version !== "string") {
      return { inputs: request.newInputs, failures: [{ property: "version", reason: "'version' must be a string" }] };
    }
    const instance = this.load(request.type, version);
    const result = await instance.checkConfig({
      ...request,
      oldInputs: request.oldInputs && configOf(request.oldInputs),
      newInputs: configOf(request.newInputs),
    });
    if (result.failures?.length) return result;
    this.set({ urn: request.urn, id: UNCONFIGURED }, instance);
    const inputs = { ...result.inputs };
    for (const key of ["version", INTERNAL]) {
      if (request.newInputs[key] !== undefined && inputs[key] === undefined) inputs[key] = request.newInputs[key];
    }
    return { inputs };
  }

  async diff(request: DiffRequest): Promise<DiffResult> {
    const instance = this.find(request.urn, UNCONFIGURED) ?? this.find(request.urn, request.id);
    if (!instance) throw new Error(`provider ${request.urn} was not registered`);
    const newInputs = configOf(request.newInputs);
    const diff = await instance.diffConfig({ ...request, oldInputs: configOf(request.oldInputs), newInputs });
    if (diff.changes !== "unknown") return diff;
    return { ...diff, changes: mapsEqual(request.oldOutputs, newInputs) ? "none" : "some" };
  }

  async create(request: CreateRequest): Promise<CreateResult> {
    const instance = this.take(request.urn, UNCONFIGURED) ?? this.load(request.type, request.inputs.version);
    const id = request.preview ? UNKNOWN_ID : randomUUID();
    const outputs = configOf(request.inputs);
    await instance.configure(outputs);
    this.set({ urn: request.urn, id }, instance);
    return { id, outputs };
  }

  async update(request: UpdateRequest): Promise<UpdateResult> {
    const instance = this.take(request.urn, UNCONFIGURED);
    if (!instance) throw new Error(`provider ${request.urn} was not checked before its update`);
    const outputs = configOf(request.newInputs);
    await instance.configure(outputs);
    this.set({ urn: request.urn, id: request.id }, instance);
    return { outputs };
  }

  async delete(request: DeleteRequest): Promise<void> {
    this.take(request.urn, request.id);
  }

  async read(): Promise<ReadResult | undefined> {
    throw new Error("provider resources may not be read");
  }

  /** Makes a provider of the state usable. `checked`: it has just been checked and found unchanged. */
  async same(state: ResourceState, checked: boolean): Promise<void> {
    const { urn, id } = state;
    if (!id || id === UNKNOWN_ID) throw new Error(`provider '${urn}' has an unknown ID`);
    if (this.find(urn, id)) return;
    const inputs = state.inputs ?? {};
    const instance = (checked ? this.take(urn, UNCONFIGURED) : undefined) ?? this.load(state.type, inputs.version);
    await instance.configure(configOf(inputs));
    this.set({ urn, id }, instance);
  }

  private load(type: string, version: unknown): ProviderInstance {
    const name = packageOf(type);
    if (name === "pulumi") return new ProviderInstance(this.builtin);
    const provider = this.source(name, typeof version === "string" ? version : undefined);
    if (!provider) {
      throw new Error(
        `no provider for package "${name}": the embedded engine has only the simulated ones that it was given; ` +
          "use one of their packages, or run the real CLI",
      );
    }
    return new ProviderInstance(provider);
  }

  private find(urn: string, id: string): ProviderInstance | undefined {
    return this.instances.get(formatProviderReference({ urn, id }));
  }

  private set({ urn, id }: { urn: string; id: string }, instance: ProviderInstance): void {
    this.instances.set(formatProviderReference({ urn, id }), instance);
    const alias = this.aliases.get(urn);
    if (alias) this.instances.set(formatProviderReference({ urn: alias, id }), instance);
  }

  private take(urn: string, id: string): ProviderInstance | undefined {
    const instance = this.find(urn, id);
    this.instances.delete(formatProviderReference({ urn, id }));
    return instance;
  }
}

/** A provider's inputs without what only the engine knows. */
export function configOf(inputs: PropertyMap): PropertyMap {
  if (!(INTERNAL in inputs)) return inputs;
  const { [INTERNAL]: _, ...config } = inputs;
  return config;
}
