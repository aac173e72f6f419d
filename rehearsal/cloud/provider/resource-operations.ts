import { isDeepStrictEqual } from "node:util";
import type { FindInterruptedRequest, InvokeResult, ReadRequest } from "../../engine/provider/provider";
import type { PropertyMap } from "../../engine/values/property-value";
import { CloudError } from "../cloud-error";
import type { CloudResource } from "../cloud-resource";
import { validateProperties } from "../schema/validate-properties";
import type { FunctionTable, ResourceContext, ResourceTypeTable, VendorScope, VendorTable } from "../tables/table";
import { validateInputs } from "./check-inputs";
import type { CloudBackend } from "./cloud-backend";
import { computeOutputs, secretProperties } from "./compute-outputs";
import { oneWriteAtATime } from "./one-write-at-a-time";
import { hideProperties, plainProperties, revealProperties, secretNames } from "./plain-value";
import { requireReferences } from "./references";
import { purgedAt, requireNameFree, takeFromBin } from "./soft-delete";
import { resourceContext, tableContext } from "./table-context";

/** What a configured provider does to the simulated cloud. All answers are plain. */
export class ResourceOperations<S extends VendorScope> {
  constructor(
    private readonly vendor: VendorTable<S>,
    readonly scope: S,
    private readonly cloud: CloudBackend,
  ) {}

  contextOf(urn: string, inputs: PropertyMap, id: string, prior?: PropertyMap, life = 0): ResourceContext<S> {
    return resourceContext(this.cloud, this.scope, { urn, inputs: withoutInternals(inputs), id, prior }, life);
  }

  /** Creates a resource from checked wire inputs; resolves when it is safely on disk. */
  async create(
    table: ResourceTypeTable<S>,
    urn: string,
    wire: PropertyMap,
  ): Promise<{ id: string; outputs: PropertyMap }> {
    const inputs = this.admit(table, urn, wire);
    const deleted = takeFromBin(table, inputs, this.cloud);
    if (!deleted) requireNameFree(table, inputs, this.cloud);
    const { id, life } = deleted ? { id: deleted.id, life: 0 } : this.idFor(table, urn, inputs);
    const outputs = computeOutputs(table, this.contextOf(urn, inputs, id, deleted?.outputs, life));
    if (table.local) return { id, outputs };
    const record = this.record(table, { urn, id, inputs, outputs, createdAt: this.cloud.now().toISOString() }, wire);
    await oneWriteAtATime(table, inputs, this.cloud, () =>
      this.cloud.commit({ remove: deleted ? [deleted] : [], put: [record] }),
    );
    return { id, outputs };
  }

  /**
   * What a creation with these inputs has made, unless its id is known; undefined where there is nothing. What has other
   * inputs was made by an earlier creation, and retained when it was deleted.
   */
  findInterrupted(
    table: ResourceTypeTable<S>,
    { urn, inputs: wire, knownIds }: FindInterruptedRequest,
  ): { id: string; outputs: PropertyMap } | undefined {
    const inputs = withoutInternals(plainProperties(wire));
    const found = this.cloud.world.madeBy(urn).findLast((made) => {
      if (made.scope !== this.scope.id || made.type !== table.type || knownIds.includes(made.id)) return false;
      return isDeepStrictEqual(made.inputs, this.record(table, { ...made, inputs }, wire).inputs);
    });
    if (found === undefined) return undefined;
    const shown = revealProperties(found.outputs, inputs);
    // What the cloud does not keep in clear is computed again.
    const computed = computeOutputs(table, this.contextOf(urn, inputs, found.id, shown));
    return { id: found.id, outputs: { ...computed, ...shown } };
  }

  /** Why a resource that was just written is not ready; undefined where it is. */
  unready(table: ResourceTypeTable<S>, urn: string, id: string, wire: PropertyMap): readonly string[] | undefined {
    return table.unready?.(this.contextOf(urn, plainProperties(wire), id));
  }

  /** Updates a resource; resolves when that is safely on disk. */
  async update(
    table: ResourceTypeTable<S>,
    urn: string,
    id: string,
    wire: PropertyMap,
    prior: PropertyMap,
  ): Promise<PropertyMap> {
    const inputs = this.admit(table, urn, wire, id, prior);
    const outputs = computeOutputs(table, this.contextOf(urn, inputs, id, prior));
    if (table.local) return outputs;
    const { createdAt } = this.require(table, id);
    const record = this.record(table, { urn, id, inputs, outputs, createdAt }, wire);
    await oneWriteAtATime(table, inputs, this.cloud, () => this.cloud.commit({ put: [record] }));
    return outputs;
  }

  /** What the cloud has under this id, as a refresh or an import wants it; undefined where there is nothing. */
  read(
    table: ResourceTypeTable<S>,
    request: ReadRequest,
  ): { id: string; inputs: PropertyMap; outputs: PropertyMap } | undefined {
    const state = { inputs: plainProperties(request.inputs), outputs: plainProperties(request.outputs) };
    const imported = Object.keys(state.outputs).length === 0;
    if (table.local) return imported ? table.importLocal?.(request.id) : { id: request.id, ...state };
    const context = tableContext(this.cloud, this.scope, request.id);
    const id = imported ? (table.importId?.(request.id, context) ?? request.id) : request.id;
    const found = this.cloud.world.get(this.scope.id, table.type, id);
    if (found === undefined) return undefined;
    const internals = Object.entries(state.inputs).filter(([name]) => name.startsWith("__"));
    return {
      id,
      inputs: { ...revealProperties(found.inputs, state.inputs), ...Object.fromEntries(internals) },
      outputs: revealProperties(found.outputs, { ...state.inputs, ...state.outputs }),
    };
  }

  /** Deletes a resource and what goes with it. What is gone already stays gone. */
  async delete(table: ResourceTypeTable<S>, urn: string, id: string): Promise<void> {
    const found = table.local ? undefined : this.cloud.world.get(this.scope.id, table.type, id);
    if (found === undefined) return;
    const refusal = table.refuseDelete?.(found, this.contextOf(urn, found.inputs, id, found.outputs));
    if (refusal !== undefined) throw new CloudError(refusal);
    const gone = this.cloud.referrers.closure(found, this.cloud.world, table.forceDelete?.(found) ?? false);
    const deletedAt = this.cloud.now().toISOString();
    const binned = gone.filter(({ type }) => this.cloud.tableOf(type)?.softDelete);
    await oneWriteAtATime(table, found.inputs, this.cloud, () =>
      this.cloud.commit({ remove: gone, put: binned.map((resource) => ({ ...resource, deletedAt })) }),
    );
  }

  /** Answers a function of the provider. */
  invoke(table: FunctionTable<S>, args: PropertyMap): InvokeResult {
    const failures = validateProperties(args, table.args);
    if (failures.length > 0) return { outputs: {}, failures };
    return { outputs: table.answer(args, tableContext(this.cloud, this.scope, table.token)) };
  }

  /** Plain inputs that the cloud accepts; throws CloudError for others. */
  private admit(
    table: ResourceTypeTable<S>,
    urn: string,
    wire: PropertyMap,
    id = "",
    prior?: PropertyMap,
  ): PropertyMap {
    const inputs = withoutInternals(plainProperties(wire));
    const failures = validateInputs(table, inputs, this.scope);
    if (failures.length > 0) {
      const reasons = failures.map(({ property, reason }) => (property ? `${property} ${reason}` : reason));
      throw new CloudError(`invalid inputs of ${this.vendor.name} type ${table.type}: ${reasons.join("; ")}`);
    }
    const context = this.contextOf(urn, inputs, id, prior);
    const unreachable = this.vendor.unreachable?.(context);
    if (unreachable !== undefined) throw new CloudError(unreachable);
    if (prior === undefined || table.local || this.require(table, id)) requireReferences(table, inputs, context);
    const refusal = table.refuse?.(context);
    if (refusal !== undefined) throw new CloudError(refusal);
    return inputs;
  }

  private require(table: ResourceTypeTable<S>, id: string): CloudResource {
    const found = this.cloud.world.get(this.scope.id, table.type, id);
    if (found !== undefined) return found;
    throw new CloudError(
      `NotFound: ${table.type} "${id}" does not exist in ${this.scope.id} any more; refresh the stack, then run again`,
    );
  }

  /** The first free id; where the id is the user's choice and taken, the vendor's refusal. */
  private idFor(table: ResourceTypeTable<S>, urn: string, inputs: PropertyMap): { id: string; life: number } {
    let last: string | undefined;
    for (let life = 0; ; life++) {
      const context = this.contextOf(urn, inputs, "", undefined, life);
      const id = table.idOf(context);
      const owner = table.local ? undefined : this.ownerOf(table, id);
      if (owner === undefined || (table.existing === "overwrite" && owner.deletedAt === undefined)) return { id, life };
      if (id === last) {
        throw new CloudError(table.taken?.(context, owner) ?? `AlreadyExists: ${table.type} "${id}" exists already`);
      }
      last = id;
    }
  }

  private ownerOf(table: ResourceTypeTable<S>, id: string): CloudResource | undefined {
    const { type, globalId } = table;
    const { world } = this.cloud;
    const binned = world.findDeleted(type, "id", id).filter((owner) => purgedAt(table, owner) > this.cloud.now());
    const owners = [...world.find(type, "id", id), ...binned];
    return owners.find(({ scope }) => globalId === true || scope === this.scope.id);
  }

  private record(
    table: ResourceTypeTable<S>,
    made: Pick<CloudResource, "urn" | "id" | "inputs" | "outputs" | "createdAt">,
    wire: PropertyMap,
  ): CloudResource {
    const hidden = new Set([...secretNames({ ...made.inputs, ...made.outputs }, wire), ...secretProperties(table)]);
    return {
      scope: this.scope.id,
      type: table.type,
      id: made.id,
      urn: made.urn,
      createdAt: made.createdAt,
      inputs: hideProperties(made.inputs, hidden),
      outputs: hideProperties(made.outputs, hidden),
    };
  }
}

function withoutInternals(inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !name.startsWith("__")));
}
