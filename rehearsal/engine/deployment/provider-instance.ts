import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  CreateResult,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  FindInterruptedRequest,
  InvokeRequest,
  InvokeResult,
  Provider,
  ProviderFeatures,
  ReadRequest,
  ReadResult,
  UpdateRequest,
  UpdateResult,
} from "../provider/provider";
import { PartialFailure } from "../provider/partial-failure";
import { UnansweredError } from "../provider/unanswered-error";
import type { PropertyMap } from "../values/property-value";
import { containsUnknowns } from "../values/unknown-value";
import { canonicalProperties } from "../values/canonical-value";
import { checkAnswer, createAnswer, diffAnswer, invokeAnswer, readAnswer, updateAnswer } from "./provider-answers";
import { asError } from "./as-error";
import { annotateSecrets, forProvider } from "./provider-values";

/** The part of a provider that steps need; the registry and the built-in provider have it too. */
export type ResourceProvider = Pick<Provider, "check" | "diff" | "create" | "update" | "read" | "delete">;

/** Thrown by `diff` where the provider's configuration is not known yet: a change has to be assumed. */
export class DiffUnavailable extends Error {
  override readonly name = "DiffUnavailable";
}

/** A provider in use: configured, with its values translated to what it understands. */
export class ProviderInstance implements ResourceProvider {
  private features: ProviderFeatures = {};
  private known = true;

  constructor(private readonly provider: Provider) {}

  async checkConfig(request: Omit<CheckRequest, "randomSeed">): Promise<CheckResult> {
    if (!this.provider.checkConfig) return { inputs: request.newInputs };
    const plain = (values: PropertyMap | undefined): PropertyMap | undefined => values && forProvider(values, {});
    const result = await this.provider.checkConfig({
      ...request,
      oldInputs: plain(request.oldInputs),
      newInputs: plain(request.newInputs)!,
    });
    return { ...result, inputs: annotateSecrets(result.inputs, request.newInputs) };
  }

  async diffConfig(request: Omit<DiffRequest, "id">): Promise<DiffResult> {
    if (!this.provider.diffConfig) return { changes: "unknown" };
    return this.provider.diffConfig({
      ...request,
      oldInputs: forProvider(request.oldInputs, {}),
      oldOutputs: forProvider(request.oldOutputs, {}),
      newInputs: forProvider(request.newInputs, {}),
    });
  }

  /** Configures the provider, once; with unknown values it stays unconfigured, and previews know little. */
  async configure(config: PropertyMap): Promise<void> {
    const { version: _, ...rest } = config;
    this.known = !containsUnknowns(rest);
    if (this.known) this.features = await this.provider.configure(config);
  }

  async check(request: CheckRequest): Promise<CheckResult> {
    if (!this.known) return { inputs: request.newInputs };
    const answer = await this.provider.check({
      ...request,
      oldInputs: request.oldInputs && this.translate(request.oldInputs),
      newInputs: this.translate(request.newInputs),
    });
    const result = checkAnswer(request.urn, answer);
    return { ...result, inputs: this.secretsBack(result.inputs, request.newInputs) };
  }

  async diff(request: DiffRequest): Promise<DiffResult> {
    if (!this.known) {
      throw new DiffUnavailable(
        "The provider for this resource has inputs that are not known during preview.\n" +
          "This preview may not correctly represent the changes that will be applied during an update.",
      );
    }
    const answer = await this.provider.diff({
      ...request,
      oldInputs: this.translate(request.oldInputs),
      oldOutputs: this.translate(request.oldOutputs),
      newInputs: this.translate(request.newInputs),
    });
    return diffAnswer(request.urn, answer);
  }

  async create(request: CreateRequest): Promise<CreateResult> {
    if (request.preview && !this.known) return { id: "", outputs: {} };
    if (request.preview && !this.features.supportsPreview) return { id: "", outputs: { ...request.inputs } };
    try {
      const inputs = this.translate(request.inputs);
      return this.created(request, await this.provider.create({ ...request, inputs }));
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw error;
      const { id, outputs } = this.created(request, error);
      throw new PartialFailure(error.message, id, outputs, error.reasons, error.inputs);
    }
  }

  /** Whether the provider can tell what became of an interrupted creation. */
  get findsInterrupted(): boolean {
    return this.known && this.provider.findInterrupted !== undefined;
  }

  /** The lost answer of an interrupted `create`; undefined where that has made nothing. */
  async findInterrupted(request: FindInterruptedRequest): Promise<CreateResult | undefined> {
    const answer = await this.provider.findInterrupted?.({ ...request, inputs: this.translate(request.inputs) });
    if (!answer) return undefined;
    const { id, outputs } = createAnswer(request.urn, answer, false);
    return { id, outputs: this.outputs(request.urn, outputs, request.inputs, false) };
  }

  async update(request: UpdateRequest): Promise<UpdateResult> {
    if (request.preview && !this.known) return { outputs: {} };
    if (request.preview && !this.features.supportsPreview) return { outputs: { ...request.newInputs } };
    const answer = await this.partial(request.newInputs, () =>
      this.provider.update({
        ...request,
        oldInputs: this.translate(request.oldInputs),
        oldOutputs: this.translate(request.oldOutputs),
        newInputs: this.translate(request.newInputs),
      }),
    );
    const result = updateAnswer(request.urn, answer);
    return { outputs: this.outputs(request.urn, result.outputs, request.newInputs, request.preview) };
  }

  async read(request: ReadRequest): Promise<ReadResult | undefined> {
    if (!this.known) return { id: "", inputs: {}, outputs: {} };
    const answer = await this.provider.read({
      ...request,
      inputs: this.translate(request.inputs),
      outputs: this.translate(request.outputs),
    });
    const result = readAnswer(request.urn, answer);
    if (!result) return undefined;
    return {
      id: result.id,
      inputs: result.inputs && this.secretsBack(result.inputs, request.inputs),
      outputs: this.secretsBack(result.outputs, request.outputs),
    };
  }

  async delete(request: DeleteRequest): Promise<void> {
    await this.provider.delete({
      ...request,
      inputs: this.translate(request.inputs),
      outputs: this.translate(request.outputs),
    });
  }

  async invoke(request: InvokeRequest): Promise<InvokeResult> {
    if (!this.known) return { outputs: {} };
    const answer = await this.provider.invoke({ ...request, args: this.translate(request.args) });
    const result = invokeAnswer(request.token, answer, "invoke");
    return { ...result, outputs: canonicalProperties(result.outputs ?? {}) };
  }

  async call(request: InvokeRequest): Promise<InvokeResult> {
    if (!this.provider.call) throw new Error(`provider ${this.provider.name} has no methods of resources`);
    const result = invokeAnswer(request.token, await this.provider.call(request), "call");
    return { ...result, outputs: canonicalProperties(result.outputs ?? {}) };
  }

  async cancel(): Promise<void> {
    await this.provider.cancel?.();
  }

  private translate(values: PropertyMap): PropertyMap {
    return forProvider(values, this.features);
  }

  private secretsBack(values: PropertyMap, like: PropertyMap): PropertyMap {
    const canonical = canonicalProperties(values);
    return this.features.acceptSecrets ? canonical : annotateSecrets(canonical, like);
  }

  private outputs(urn: string, outputs: PropertyMap, inputs: PropertyMap, preview: boolean): PropertyMap {
    // Brought into its form first: nothing else stands values that contain themselves.
    const canonical = this.secretsBack(outputs, inputs);
    if (!preview && containsUnknowns(canonical)) throw new Error(`provider returned an unknown value for '${urn}'`);
    return canonical;
  }

  /** What a creation's answer tells. What one that cannot be used has made, nobody knows: it counts as none. */
  private created({ urn, inputs, preview }: CreateRequest, answer: CreateResult): CreateResult {
    try {
      const { id, outputs } = createAnswer(urn, answer, preview);
      return { id, outputs: this.outputs(urn, outputs, inputs, preview) };
    } catch (error) {
      throw new UnansweredError(asError(error).message, { cause: error });
    }
  }

  /** Lets the outputs of a partial failure pass through the same translation as those of a success. */
  private async partial<T>(inputs: PropertyMap, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw error;
      const outputs = this.secretsBack(error.outputs, inputs);
      throw new PartialFailure(error.message, error.id, outputs, error.reasons, error.inputs);
    }
  }
}
