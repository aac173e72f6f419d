import type { PropertyMap } from "../values/property-value";

/** A property that a provider refuses, and why. `property` may be empty when the fault concerns the whole resource. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** Checked inputs, with the provider's defaults filled in, and what is wrong with them. */
export interface CheckResult {
  readonly inputs: PropertyMap;
  readonly failures?: readonly CheckFailure[];
}

/** How one property path differs. The `*-replace` kinds need a replacement of the resource. */
export type PropertyDiffKind = "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

/** A difference at a property path; `inputDiff` says that it was found among inputs, not outputs. */
export interface PropertyDiff {
  readonly kind: PropertyDiffKind;
  readonly inputDiff: boolean;
}

/** What a provider says of a change. */
export interface DiffResult {
  /** `unknown`: the provider cannot tell; the engine then compares inputs. */
  readonly changes: "none" | "some" | "unknown";
  /** Top-level properties whose change needs a replacement. */
  readonly replaceKeys?: readonly string[];
  /** Top-level properties that changed. */
  readonly changedKeys?: readonly string[];
  /** Top-level outputs that this change leaves as they are. */
  readonly stableKeys?: readonly string[];
  /** The resource must be deleted before its replacement is created. */
  readonly deleteBeforeReplace?: boolean;
  /** Differences by property path, such as `tags.owner` or `rules[0].port`. */
  readonly detailedDiff?: Readonly<Record<string, PropertyDiff>>;
}

/** Which resource a call is about. */
export interface ResourceIdentity {
  readonly urn: string;
  /** Type token, such as `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** Name of the resource in the program. */
  readonly name: string;
}

export interface CheckRequest extends ResourceIdentity {
  readonly oldInputs?: PropertyMap;
  readonly newInputs: PropertyMap;
  /** Bytes that stay the same for a resource over previews and updates of one plan: for random name suffixes. */
  readonly randomSeed: Uint8Array;
}

export interface DiffRequest extends ResourceIdentity {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly newInputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
}

export interface CreateRequest extends ResourceIdentity {
  readonly inputs: PropertyMap;
  /** Nothing may be created: answer the outputs as far as they are known, unknown ones as the UNKNOWN sentinel. */
  readonly preview: boolean;
  /** How long the operation may take; 0 leaves it to the provider. */
  readonly timeoutSeconds: number;
}

export interface CreateResult {
  /** Empty in a preview. */
  readonly id: string;
  readonly outputs: PropertyMap;
}

/** Asks what became of a `create` whose answer was lost because the engine was killed. */
export interface FindInterruptedRequest extends ResourceIdentity {
  /** As `create` was given them. */
  readonly inputs: PropertyMap;
  /** Ids of this type that the state has: none of them is what is looked for. */
  readonly knownIds: readonly string[];
}

export interface UpdateRequest extends ResourceIdentity {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly newInputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
  readonly preview: boolean;
  readonly timeoutSeconds: number;
}

export interface UpdateResult {
  readonly outputs: PropertyMap;
}

export interface ReadRequest extends ResourceIdentity {
  readonly id: string;
  /** Inputs and outputs that the state holds; empty on an import. */
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
  /** How long the user lets it take; absent or 0 for no limit. */
  readonly timeoutSeconds?: number;
}

export interface ReadResult {
  readonly id: string;
  /** Absent when the provider cannot tell inputs from outputs. */
  readonly inputs?: PropertyMap;
  readonly outputs: PropertyMap;
}

export interface DeleteRequest extends ResourceIdentity {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
  readonly timeoutSeconds: number;
}

export interface InvokeRequest {
  /** Function token, such as `aws:index/getCallerIdentity:getCallerIdentity`. */
  readonly token: string;
  readonly args: PropertyMap;
}

export interface InvokeResult {
  readonly outputs: PropertyMap;
  readonly failures?: readonly CheckFailure[];
}

/** What a configured provider can do; absent means no. */
export interface ProviderFeatures {
  /** Secrets reach the provider as secret objects, and its answer says which outputs are secret. */
  readonly acceptSecrets?: boolean;
  /** Resource references reach the provider as such, not as ids. */
  readonly acceptResources?: boolean;
  /** `create` and `update` may be called with `preview`. */
  readonly supportsPreview?: boolean;
}

/**
 * A resource provider as the engine calls it. Properties are wire values (see PropertyValue).
 * `create` and `update` throw PartialFailure for a resource that exists but did not become ready.
 */
export interface Provider {
  readonly name: string;
  /** Semantic version, as a plugin would report it. */
  readonly version: string;
  checkConfig?(request: Omit<CheckRequest, "randomSeed">): Promise<CheckResult>;
  diffConfig?(request: Omit<DiffRequest, "id">): Promise<DiffResult>;
  /** Called once, before any call about a resource. */
  configure(config: PropertyMap): Promise<ProviderFeatures>;
  check(request: CheckRequest): Promise<CheckResult>;
  diff(request: DiffRequest): Promise<DiffResult>;
  create(request: CreateRequest): Promise<CreateResult>;
  /**
   * The lost answer of an interrupted `create`; undefined where that has made nothing. Without this method the creation
   * stays among the pending operations until a person says what became of it.
   */
  findInterrupted?(request: FindInterruptedRequest): Promise<CreateResult | undefined>;
  update(request: UpdateRequest): Promise<UpdateResult>;
  /** Undefined: the resource does not exist (any more). */
  read(request: ReadRequest): Promise<ReadResult | undefined>;
  delete(request: DeleteRequest): Promise<void>;
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /** A method of a resource. */
  call?(request: InvokeRequest): Promise<InvokeResult>;
  /** Asks running operations to end soon. */
  cancel?(): Promise<void>;
}

/** Makes the provider of a package, unconfigured; undefined for a package that it does not know. */
export type ProviderSource = (packageName: string, version?: string) => Provider | undefined;
