import { isSecret as isSecretOutput, output, type provider, secret } from "@pulumi/pulumi";
import { PartialFailure } from "../../rehearsal/engine/provider/partial-failure";
import type {
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
} from "../../rehearsal/engine/provider/provider";
import type { PropertyMap, PropertyValue } from "../../rehearsal/engine/values/property-value";
import { downgradeOutputValues } from "../../rehearsal/engine/values/output-value";
import { isSecret, makeSecret, unwrapSecrets } from "../../rehearsal/engine/values/secret-value";

/** The part of the kit's provider that goes beyond the SDK's interface; see the kit's `ProviderExtensions`. */
interface Extensions {
  diffConfig?(urn: string, olds: PropertyMap, news: PropertyMap): Promise<provider.DiffResult>;
  previewCreate?(urn: string, inputs: PropertyMap): Promise<{ outs: PropertyMap }>;
  previewUpdate?(id: string, urn: string, olds: PropertyMap, news: PropertyMap): Promise<{ outs: PropertyMap }>;
}

type KitDiff = provider.DiffResult & {
  diffs?: string[];
  detailedDiff?: Record<string, { kind: string; inputDiff: boolean }>;
};

/** Lets a provider written for the SDK's provider server, as the kit's are, be used by the embedded engine. */
export class KitProvider implements Provider {
  readonly version = "1.0.0";

  constructor(
    readonly name: string,
    private readonly kit: provider.Provider & Extensions,
  ) {
    if (!kit.diffConfig) this.diffConfig = undefined;
  }

  diffConfig?: Provider["diffConfig"] = async ({ urn, oldInputs, newInputs }) =>
    diffOf(await this.kit.diffConfig!(urn, oldInputs, newInputs));

  async configure(): Promise<ProviderFeatures> {
    return { acceptSecrets: true, acceptResources: true, supportsPreview: !!this.kit.previewCreate };
  }

  async check(request: { urn: string; oldInputs?: PropertyMap; newInputs: PropertyMap }): Promise<CheckResult> {
    const { inputs = {}, failures } = await this.kit.check!(request.urn, request.oldInputs ?? {}, request.newInputs);
    return { inputs: inputs as PropertyMap, failures };
  }

  async diff({ id, urn, oldOutputs, newInputs }: DiffRequest): Promise<DiffResult> {
    return diffOf(await this.kit.diff!(id, urn, oldOutputs, newInputs));
  }

  async create({ urn, inputs, preview }: CreateRequest): Promise<CreateResult> {
    if (preview) return { id: "", outputs: (await this.kit.previewCreate!(urn, inputs)).outs };
    const { id, outs } = await partial(() => this.kit.create!(urn, inputs));
    return { id, outputs: (outs ?? {}) as PropertyMap };
  }

  async update({ id, urn, oldOutputs, newInputs, preview }: UpdateRequest): Promise<UpdateResult> {
    if (preview) return { outputs: (await this.kit.previewUpdate!(id, urn, oldOutputs, newInputs)).outs };
    const { outs } = await partial(() => this.kit.update!(id, urn, oldOutputs, newInputs));
    return { outputs: (outs ?? {}) as PropertyMap };
  }

  async read({ id, urn, outputs }: ReadRequest): Promise<ReadResult> {
    const found = (await this.kit.read!(id, urn, outputs)) as { id: string; props: PropertyMap; inputs?: PropertyMap };
    return { id: found.id, inputs: found.inputs, outputs: found.props };
  }

  async delete({ id, urn, outputs }: DeleteRequest): Promise<void> {
    await this.kit.delete!(id, urn, outputs);
  }

  async invoke({ token, args }: InvokeRequest): Promise<InvokeResult> {
    const { outputs, failures } = await this.kit.invoke!(token, args);
    return { outputs: outputs as PropertyMap, failures };
  }

  async call({ token, args }: InvokeRequest): Promise<InvokeResult> {
    // The kit's methods work on outputs, as the SDK's provider server hands them over.
    const inputs = Object.entries(args).map(([key, given]) => {
      const value = downgradeOutputValues(given);
      return [key, isSecret(value) ? secret(unwrapSecrets(value)) : unwrapSecrets(value)];
    });
    const { outputs, failures } = await this.kit.call!(token, Object.fromEntries(inputs) as PropertyMap);
    const resolved = await Promise.all(
      Object.entries(outputs ?? {}).map(async ([key, value]) => [key, await settled(value)] as const),
    );
    return { outputs: Object.fromEntries(resolved), failures };
  }

  async cancel(): Promise<void> {
    await this.kit.cancel?.();
  }
}

async function settled(value: unknown): Promise<PropertyValue> {
  const result = output(value as Promise<PropertyValue>);
  const plain = await new Promise<PropertyValue>((resolve) => void result.apply(resolve));
  return (await isSecretOutput(result)) ? makeSecret(plain) : plain;
}

function diffOf(diff: KitDiff): DiffResult {
  const detailed = diff.detailedDiff && Object.entries(diff.detailedDiff);
  return {
    changes: diff.changes === undefined ? "unknown" : diff.changes ? "some" : "none",
    replaceKeys: diff.replaces,
    changedKeys: diff.diffs,
    deleteBeforeReplace: diff.deleteBeforeReplace,
    detailedDiff: detailed?.length
      ? Object.fromEntries(
          detailed.map(([path, { kind, inputDiff }]) => [
            path,
            { kind: kind.toLowerCase().replace("_", "-") as PropertyDiff["kind"], inputDiff },
          ]),
        )
      : undefined,
  };
}

async function partial<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message, id, properties, reasons } = error as Error & {
      id?: string;
      properties?: PropertyMap;
      reasons?: string[];
    };
    if (!reasons) throw error;
    throw new PartialFailure(message, id ?? "", properties ?? {}, reasons);
  }
}
