import type { TransformInvokeOptions, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { Map as ProtoMap } from "google-protobuf";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Goal } from "../deployment/goal";
import { isDeniedDefaultProvider, parseProviderReference } from "../deployment/provider-reference";
import type { ProviderInstance } from "../deployment/provider-instance";
import type { ProviderRegistry } from "../deployment/provider-registry";
import { packageOf } from "../deployment/urn";
import { resolveAssets } from "../values/asset-hash";
import { canonicalProperties } from "../values/canonical-value";
import type { KnownSecrets } from "../values/known-secrets";
import type { PropertyMap } from "../values/property-value";
import { fromStruct } from "../values/struct-codec";
import type { DefaultProviders } from "./default-providers";
import type { ProgramSource } from "./program-source";
import type { Transforms } from "./transforms";

/** What the engine knows of a running program: its resources' goals, transforms and providers. */
export class Monitor {
  readonly goals = new Map<string, Goal>();
  /** Providers that components gave to their children, by package. */
  readonly componentProviders = new Map<string, ReadonlyMap<string, string>>();

  constructor(
    readonly source: ProgramSource,
    readonly transforms: Transforms,
    readonly registry: ProviderRegistry,
    private readonly defaults: DefaultProviders,
    readonly projectRoot: string,
    readonly dryRun: boolean,
    private readonly knownSecrets: KnownSecrets,
  ) {}

  /** Properties as the program sent them, in the state's form: assets hashed, known secrets marked, output values kept. */
  async programProperties(struct: Struct | undefined): Promise<PropertyMap> {
    const resolved = await resolveAssets(fromStruct(struct), this.projectRoot);
    return this.knownSecrets.mark(canonicalProperties(resolved));
  }

  /** The provider that a resource names, or got from the component it is in; empty for the default one. */
  resolveProvider(
    provider: string,
    providers: Pick<ProtoMap<string, string>, "get"> | undefined,
    parent: string,
    packageName: string,
  ): string {
    return provider || providers?.get(packageName) || this.componentProviders.get(parent)?.get(packageName) || "";
  }

  /** Lets a component pass its parent's providers on. */
  inheritProviders(parent: string, options: TransformResourceOptions): void {
    const own = options.getProvidersMap();
    for (const [name, reference] of this.componentProviders.get(parent) ?? []) {
      if (!own.has(name)) own.set(name, reference);
    }
  }

  /** The version that an explicit provider of the type gets where its resource names none. */
  defaultVersion(type: string): string {
    return this.defaults.version(packageOf(type));
  }

  /** The reference of the provider that is to manage a resource of the type. */
  async providerReference(type: string, options: TransformResourceOptions | TransformInvokeOptions): Promise<string> {
    if (options.getProvider()) return options.getProvider();
    return this.defaults.reference(packageOf(type), options.getVersion(), options.getPluginDownloadUrl());
  }

  /** The provider that a function or method belongs to. */
  async provider(token: string, options: TransformInvokeOptions): Promise<ProviderInstance> {
    const reference = await this.providerReference(token, options);
    if (isDeniedDefaultProvider(parseProviderReference(reference))) {
      throw new Error(`Default provider for '${packageOf(token)}' disabled. '${token}' must use an explicit provider.`);
    }
    const provider = this.registry.get(reference);
    if (!provider) throw new Error(`unknown provider '${options.getProvider()}' -> '${reference}'`);
    return provider;
  }
}
