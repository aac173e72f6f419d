import type { PropertyMap, PropertyValue } from "../values/property-value";

/**
 * A resource as the CLI's checkpoint has it (`apitype.ResourceV3`). Within the engine properties hold secrets in clear,
 * as `{ [SIGNATURE_KEY]: SIGNATURES.secret, value }`; on disk as `{ ..., ciphertext }`. Fields that are not known here
 * survive a round trip.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/core.go
 */
export interface ResourceState {
  urn: string;
  custom: boolean;
  /** Waits to be deleted: an old resource that a replacement has taken the place of. */
  delete?: boolean;
  id?: string;
  type: string;
  inputs?: PropertyMap;
  outputs?: PropertyMap;
  parent?: string;
  protect?: boolean;
  taint?: boolean;
  /** Read, not managed. */
  external?: boolean;
  dependencies?: string[];
  initErrors?: string[];
  /** `<urn of the provider>::<its id>`. */
  provider?: string;
  propertyDependencies?: Record<string, string[]>;
  /** Deleted already, waits to be created anew. */
  pendingReplacement?: boolean;
  additionalSecretOutputs?: string[];
  aliases?: string[];
  customTimeouts?: CustomTimeouts;
  importID?: string;
  retainOnDelete?: boolean;
  deletedWith?: string;
  replaceWith?: string[];
  /** RFC 3339 with nanoseconds. */
  created?: string;
  modified?: string;
  sourcePosition?: string;
  stackTrace?: { sourcePosition: string }[];
  ignoreChanges?: string[];
  hideDiff?: string[];
  replaceOnChanges?: string[];
  replacementTrigger?: PropertyValue;
  refreshBeforeUpdate?: boolean;
  viewOf?: string;
  resourceHooks?: Record<string, string[]>;
  [unknownField: string]: unknown;
}

/** Durations in seconds. */
export interface CustomTimeouts {
  create?: number;
  update?: number;
  delete?: number;
  read?: number;
}

export type PendingOperationType = "creating" | "updating" | "deleting" | "reading" | "importing";

/** An operation that had begun when the checkpoint was written. */
export interface PendingOperation {
  resource: ResourceState;
  type: PendingOperationType;
}

/** `apitype.DeploymentV3`: what a checkpoint holds, and what `stack export` gives. */
export interface DeploymentFile {
  manifest: { time: string; magic: string; version: string; plugins?: unknown[] };
  secrets_providers?: { type: string; state?: { salt?: string; [key: string]: unknown } };
  resources?: ResourceState[];
  pending_operations?: PendingOperation[];
  metadata?: Record<string, unknown>;
  [unknownField: string]: unknown;
}

/** `.pulumi/stacks/<project>/<stack>.json` */
export interface CheckpointFile {
  version: 3;
  checkpoint: { stack: string; latest?: DeploymentFile; config?: unknown };
}
