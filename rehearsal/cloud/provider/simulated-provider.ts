import { PartialFailure } from "../../engine/provider/partial-failure";
import type * as engine from "../../engine/provider/provider";
import type { PropertyMap } from "../../engine/values/property-value";
import { CloudError } from "../cloud-error";
import type { CloudOperation } from "../faults";
import type { ResourceTypeTable, VendorScope, VendorTable } from "../tables/table";
import { checkInputs, filledIn } from "./check-inputs";
import type { CloudBackend } from "./cloud-backend";
import { previewOutputs, secretProperties, stableOutputs } from "./compute-outputs";
import { diffInputs } from "./diff-inputs";
import { markSecrets, plainProperties } from "./plain-value";
import { checkProviderConfig, decodeConfig, diffProviderConfig } from "./provider-config";
import { ResourceOperations } from "./resource-operations";

/** The provider of one vendor: everything that it knows of types and functions is in the vendor's tables. */
export class SimulatedProvider implements engine.Provider {
  readonly name: string;
  readonly version: string;
  private operations: ResourceOperations<VendorScope> | undefined;
  private readonly tables: ReadonlyMap<string, ResourceTypeTable>;
  private readonly cancellation = new AbortController();

  constructor(
    private readonly vendor: VendorTable,
    private readonly cloud: CloudBackend,
  ) {
    this.name = vendor.name;
    this.version = vendor.version;
    this.tables = new Map(vendor.resources.map((table) => [table.type, table]));
  }

  async checkConfig({ newInputs }: { newInputs: PropertyMap }): Promise<engine.CheckResult> {
    return checkProviderConfig(this.vendor, newInputs, this.cloud.seed);
  }

  async diffConfig({ oldInputs, newInputs }: Omit<engine.DiffRequest, "id">): Promise<engine.DiffResult> {
    return diffProviderConfig(this.vendor, oldInputs, newInputs, this.cloud.seed);
  }

  async configure(config: PropertyMap): Promise<engine.ProviderFeatures> {
    const scope = this.vendor.scopeOf(decodeConfig(this.vendor, config), this.cloud.seed);
    this.operations = new ResourceOperations(this.vendor, scope, this.cloud);
    return { acceptSecrets: true, supportsPreview: true };
  }

  async check(request: engine.CheckRequest): Promise<engine.CheckResult> {
    const table = this.tableOf(request.type);
    await this.strike("check", request, false);
    return checkInputs(this.vendor, table, this.configured().scope, request);
  }

  async diff(request: engine.DiffRequest): Promise<engine.DiffResult> {
    const table = this.tableOf(request.type);
    await this.strike("diff", request, false);
    const news = plainProperties(request.newInputs);
    const diff = diffInputs(plainProperties(request.oldInputs), news, table, request.ignoreChanges);
    const name = table.autoName?.property;
    // A name of the user's own cannot be given to the replacement while the old resource has it.
    const keepsName =
      name !== undefined && !filledIn(request.newInputs).includes(name) && !diff.changedKeys?.includes(name);
    return {
      ...diff,
      stableKeys: stableOutputs(table),
      deleteBeforeReplace: diff.replaceKeys!.length > 0 && (table.deleteBeforeReplace === true || keepsName),
    };
  }

  async create(request: engine.CreateRequest): Promise<engine.CreateResult> {
    const table = this.tableOf(request.type);
    const operations = this.configured();
    const reasons = await this.strike("create", request, request.preview);
    const secrets = secretProperties(table);
    if (request.preview) {
      const outputs = previewOutputs(table, operations.contextOf(request.urn, plainProperties(request.inputs), ""));
      return { id: "", outputs: markSecrets(outputs, request.inputs, secrets) };
    }
    const { id, outputs } = await operations.create(table, request.urn, request.inputs);
    const marked = markSecrets(outputs, request.inputs, secrets);
    const unready = reasons ?? operations.unready(table, request.urn, id, request.inputs);
    if (unready) throw new PartialFailure(partialMessage(id), id, marked, unready, request.inputs);
    return { id, outputs: marked };
  }

  async findInterrupted(request: engine.FindInterruptedRequest): Promise<engine.CreateResult | undefined> {
    const table = this.tableOf(request.type);
    await this.strike("read", request, false);
    const found = this.configured().findInterrupted(table, request);
    return found && { ...found, outputs: markSecrets(found.outputs, request.inputs, secretProperties(table)) };
  }

  async update(request: engine.UpdateRequest): Promise<engine.UpdateResult> {
    const table = this.tableOf(request.type);
    const operations = this.configured();
    const reasons = await this.strike("update", request, request.preview);
    const secrets = secretProperties(table);
    const prior = plainProperties(request.oldOutputs);
    if (request.preview) {
      const context = operations.contextOf(request.urn, plainProperties(request.newInputs), request.id, prior);
      return { outputs: markSecrets(previewOutputs(table, context), request.newInputs, secrets) };
    }
    const outputs = await operations.update(table, request.urn, request.id, request.newInputs, prior);
    const marked = markSecrets(outputs, request.newInputs, secrets);
    const unready = reasons ?? operations.unready(table, request.urn, request.id, request.newInputs);
    if (unready) throw new PartialFailure(partialMessage(request.id), request.id, marked, unready, request.newInputs);
    return { outputs: marked };
  }

  async read(request: engine.ReadRequest): Promise<engine.ReadResult | undefined> {
    const table = this.tableOf(request.type);
    await this.strike("read", request, false);
    const found = this.configured().read(table, request);
    if (found === undefined) return undefined;
    const secrets = secretProperties(table);
    return {
      id: found.id,
      inputs: markSecrets(
        found.inputs,
        request.inputs,
        new Set([...secrets].filter((name) => name in table.properties)),
      ),
      outputs: markSecrets(found.outputs, { ...request.outputs, ...request.inputs }, secrets),
    };
  }

  async delete(request: engine.DeleteRequest): Promise<void> {
    const table = this.tableOf(request.type);
    await this.strike("delete", request, false);
    await this.configured().delete(table, request.urn, request.id);
  }

  async invoke({ token, args }: engine.InvokeRequest): Promise<engine.InvokeResult> {
    const table = this.vendor.functions.find((candidate) => candidate.token === token);
    if (table === undefined) throw unknownToken("function", token, this.vendor);
    await this.strike("invoke", { type: token, urn: "" }, false);
    return this.configured().invoke(table, plainProperties(args));
  }

  async cancel(): Promise<void> {
    this.cancellation.abort();
  }

  private strike(
    operation: CloudOperation,
    { type, urn }: { type: string; urn: string },
    preview: boolean,
  ): Promise<readonly string[] | undefined> {
    return this.cloud.strike({ operation, type, urn, preview }, this.cancellation.signal);
  }

  private configured(): ResourceOperations<VendorScope> {
    if (this.operations === undefined)
      throw new CloudError(`the provider ${this.name} was used before it was configured`);
    return this.operations;
  }

  private tableOf(type: string): ResourceTypeTable {
    const table = this.tables.get(type);
    if (table === undefined) throw unknownToken("resource type", type, this.vendor);
    return table;
  }
}

function unknownToken(kind: string, token: string, vendor: VendorTable): CloudError {
  return new CloudError(
    `the simulated cloud does not know the ${kind} "${token}"; add its table to ${vendor.fileFor(token)}`,
  );
}

function partialMessage(id: string): string {
  return `${id} was created or updated but did not become ready`;
}
