import type { PropertyMap } from "../engine/values/property-value";
import type { ProviderSource } from "../engine/provider/provider";
import { CloudError } from "./cloud-error";
import type { CloudChange, CloudResource } from "./cloud-resource";
import type { CloudCall, CloudOperation, FaultRule } from "./faults";
import { FaultPlan, pause } from "./faults";
import type { CloudBackend } from "./provider/cloud-backend";
import { ReferrerIndex } from "./provider/references";
import { SimulatedProvider } from "./provider/simulated-provider";
import { purgedAt } from "./provider/soft-delete";
import type { CloudSeed } from "./seed";
import { DEFAULT_SEED } from "./seed";
import { sweepLocal } from "./local/sweep-local";
import { seedChange } from "./seed-change";
import { DocumentStore } from "./store/document-store";
import type { ResourceTypeTable, VendorTable } from "./tables/table";
import { VENDORS } from "./tables/vendors";
import { World } from "./world";

/** How a simulated cloud is opened. */
export interface SimulatedCloudOptions {
  /** What exists before any program runs. @default what the document says; in a new one, DEFAULT_SEED */
  readonly seed?: CloudSeed;
  /** @default no fault */
  readonly faults?: readonly FaultRule[];
  /** Milliseconds that an operation takes, so that progress can be seen. @default 0 */
  readonly latency?: (operation: CloudOperation, type: string) => number;
  /** The present, for creation times and retention. @default the computer's clock */
  readonly now?: () => Date;
  /** Vendors besides those that are built in. @default none */
  readonly vendors?: readonly VendorTable[];
}

/** A cloud in one JSON document, with a provider for each of its vendors. One process may have it open at a time. */
export class SimulatedCloud implements CloudBackend {
  readonly referrers: ReferrerIndex;
  private readonly types: ReadonlyMap<string, ResourceTypeTable>;
  private readonly vendors: ReadonlyMap<string, VendorTable>;
  private readonly faults: FaultPlan;

  private constructor(
    private readonly store: DocumentStore,
    readonly world: World,
    readonly seed: CloudSeed,
    private readonly options: SimulatedCloudOptions,
  ) {
    const vendors = [...VENDORS, ...(options.vendors ?? [])];
    const tables = vendors.flatMap(({ resources }) => resources);
    this.vendors = new Map(vendors.map((vendor) => [vendor.name, vendor]));
    this.types = new Map(tables.map((table) => [table.type, table]));
    this.referrers = new ReferrerIndex(tables);
    this.faults = new FaultPlan(options.faults ?? []);
  }

  /** Opens the cloud in `file`, which need not exist. Throws CloudError where it is damaged or another process has it. */
  static async open(file: string, options: SimulatedCloudOptions = {}): Promise<SimulatedCloud> {
    const store = await DocumentStore.open(file);
    try {
      const world = new World();
      world.apply({ put: store.document?.resources ?? [] });
      for (const change of store.pending) world.apply(change);
      const seed = options.seed ?? store.document?.seed ?? DEFAULT_SEED;
      const cloud = new SimulatedCloud(store, world, seed, options);
      const planted = seedChange([...cloud.vendors.values()], seed, store.document?.seed, world, cloud.now());
      world.apply({ put: planted });
      if (store.leftBehind || planted.length > 0 || seed !== store.document?.seed) await cloud.fold();
      return cloud;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  /** The simulated provider of a package; undefined for a package that no table covers. */
  readonly providers: ProviderSource = (packageName) => {
    const vendor = this.vendors.get(packageName);
    return vendor && new SimulatedProvider(vendor, this);
  };

  /** The packages that there are tables for. */
  get packages(): readonly string[] {
    return [...this.vendors.keys()];
  }

  /** Everything that exists, in order of creation. */
  list(): readonly CloudResource[] {
    return this.world.all().filter(({ deletedAt }) => deletedAt === undefined);
  }

  /** What is deleted and still recoverable. */
  listDeleted(): readonly CloudResource[] {
    const now = this.now();
    return this.world.all().filter((resource) => {
      const table = this.types.get(resource.type);
      return resource.deletedAt !== undefined && table !== undefined && purgedAt(table, resource) > now;
    });
  }

  /** One resource; undefined where there is none. Throws CloudError where several accounts have one of that id. */
  get(type: string, id: string): CloudResource | undefined {
    const found = this.world.find(type, "id", id);
    if (found.length > 1)
      throw new CloudError(`${type} "${id}" exists in ${found.map(({ scope }) => scope).join(", ")}`);
    return found[0];
  }

  /** Changes a resource behind the engine's back, as a person in the vendor's console would: drift. Null removes. */
  async change(type: string, id: string, properties: PropertyMap): Promise<void> {
    const resource = this.existing(type, id);
    const merged = (values: PropertyMap, keep: (name: string) => boolean): PropertyMap =>
      Object.fromEntries(
        Object.entries({
          ...values,
          ...Object.fromEntries(Object.entries(properties).filter(([name]) => keep(name))),
        }).filter(([, value]) => value !== null),
      );
    const known = this.tableOf(type)?.properties ?? {};
    const inputs = merged(resource.inputs, (name) => name in known);
    const outputs = merged(resource.outputs, (name) => known[name]?.inputOnly !== true);
    await this.commit({ put: [{ ...resource, inputs, outputs }] });
  }

  /** Removes a resource, and what goes with it, behind the engine's back. */
  async remove(type: string, id: string): Promise<void> {
    await this.commit({ remove: this.referrers.closure(this.existing(type, id), this.world, true) });
  }

  /** Purges a deleted resource before its time. Throws CloudError where the vendor refuses. */
  async purge(type: string, id: string): Promise<void> {
    const deleted = this.world.findDeleted(type, "id", id)[0];
    if (deleted === undefined) throw new CloudError(`there is no deleted ${type} "${id}" to purge`);
    const refusal = this.tableOf(type)?.softDelete?.purgeRefusal?.(deleted);
    if (refusal !== undefined) throw new CloudError(refusal);
    await this.commit({ remove: [deleted] });
  }

  /** Folds every change into the document, removes the files of what is gone, and lets other processes use it. */
  async close(): Promise<void> {
    try {
      if (await this.store.changed()) await this.fold();
      await sweepLocal(this.store.file, this.list());
    } finally {
      await this.store.close();
    }
  }

  now(): Date {
    return this.options.now?.() ?? new Date();
  }

  tableOf(type: string): ResourceTypeTable | undefined {
    return this.types.get(type);
  }

  async commit(change: CloudChange): Promise<void> {
    this.world.apply(change);
    await this.store.append(change);
  }

  async strike(call: CloudCall, signal: AbortSignal): Promise<readonly string[] | undefined> {
    const latency = this.options.latency?.(call.operation, call.type) ?? 0;
    if (latency > 0) await pause(latency, signal);
    return this.faults.strike(call, signal);
  }

  private existing(type: string, id: string): CloudResource {
    const resource = this.get(type, id);
    if (resource === undefined) throw new CloudError(`there is no ${type} "${id}" in the simulated cloud`);
    return resource;
  }

  private fold(): Promise<void> {
    return this.store.fold({ seed: this.seed, resources: this.world.all() });
  }
}
