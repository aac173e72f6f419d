import type { CheckFailure } from "../../engine/provider/provider";
import type { PropertyMap, PropertyValue } from "../../engine/values/property-value";
import type { CloudResource } from "../cloud-resource";
import type { PropertySchemas } from "../schema/property-schema";
import type { CloudSeed } from "../seed";
import type { WorldView } from "../world";

/** Where a configured provider works: an account, an owner, a subscription. Vendors add what their tables need. */
export interface VendorScope {
  /** `<package>:<account, owner or subscription>` */
  readonly id: string;
}

/** What a function of a table may know. All values are plain: secrets are unwrapped. */
export interface TableContext<S extends VendorScope = VendorScope> {
  readonly scope: S;
  readonly seed: CloudSeed;
  readonly world: WorldView;
  /** ISO 8601, UTC. */
  readonly now: string;
  /** Hexadecimal digits that depend only on the resource, which of its lives this is, and `purpose`. */
  hex(this: void, purpose: string, length: number): string;
  /** A UUID made like `hex`. */
  uuid(this: void, purpose: string): string;
}

/** What a function of a resource type's table may know. */
export interface ResourceContext<S extends VendorScope = VendorScope> extends TableContext<S> {
  /** Checked inputs, with defaults. */
  readonly inputs: PropertyMap;
  /** Empty while the id is computed. */
  readonly id: string;
  /** Outputs before an update; undefined for a creation. */
  readonly prior?: PropertyMap;
}

/** An output that the vendor computes. */
export interface ComputedOutput<S extends VendorScope = VendorScope> {
  /**
   * `create`: fixed at creation, unknown in its preview. `update`: recomputed at each update, unknown only in the
   * preview of a creation. `plan`: like `update`, and known in every preview whose inputs are known.
   */
  readonly when: "create" | "update" | "plan";
  readonly secret?: boolean;
  value(context: ResourceContext<S>): PropertyValue | undefined;
}

/** An input that names something which must exist. */
export interface Reference {
  /** Input that holds the name, a path of names joined by dots; several, joined by `:`, where the name is made of them. */
  readonly property: string;
  /** Type that must exist; several where any of them will do. */
  readonly types: readonly string[];
  /** Attributes of that type, one of which must have the value: `id`, or a top-level output. */
  readonly attributes: readonly string[];
  /** Values that need not exist, such as policies that the vendor manages. */
  unless?(this: void, value: string): boolean;
  /** Whether a match in another account counts. @default false */
  readonly anyScope?: boolean;
  /** What the vendor says where nothing matches. */
  missing(value: string, context: TableContext): string;
  /**
   * What happens to the referring resource when the target is deleted: it goes too, it stands in the way, or nothing.
   * @default "ignore"
   */
  readonly onDelete?: "cascade" | "refuse" | "ignore";
  /** What the vendor says when a referring resource stands in the way of the target's deletion. */
  blocks?(target: CloudResource): string;
}

/** How a name is made for a resource that was given none. */
export interface AutoName {
  readonly property: string;
  readonly maxLength: number;
  /** @default the name as it is */
  transform?(name: string): string;
  /** @default "-" */
  readonly separator?: string;
  /** How many hexadecimal digits follow. @default 7 */
  readonly digits?: number;
  /** The name is a UUID and has nothing of the resource's name. @default false */
  readonly uuid?: boolean;
  /** No name is made when one of these is given. */
  readonly unless?: readonly string[];
}

/** A vendor's recycle bin. */
export interface SoftDelete {
  /** How long a deleted resource stays recoverable. */
  days(resource: CloudResource): number;
  /** Attribute that stays taken meanwhile. */
  readonly attribute: string;
  /** Whether these inputs ask for the deleted resource back. */
  recovers(inputs: PropertyMap): boolean;
  /** What the vendor says when the name is taken by a deleted resource. */
  taken(deleted: CloudResource): string;
  /** What the vendor says when there is nothing to recover. */
  nothingToRecover(inputs: PropertyMap): string;
  /** Why the resource may not be purged before its time; undefined where it may. */
  purgeRefusal?(deleted: CloudResource): string | undefined;
}

/** Everything that the simulated cloud knows of one resource type. */
export interface ResourceTypeTable<S extends VendorScope = VendorScope> {
  /** Pulumi's type token. */
  readonly type: string;
  readonly properties: PropertySchemas;
  readonly computed?: Readonly<Record<string, ComputedOutput<S>>>;
  idOf(context: ResourceContext<S>): string;
  /** The resource lives in the state alone, as those of the random provider do. @default false */
  readonly local?: boolean;
  /** Inputs to which an id leads when a local resource is imported; outputs follow from `computed`. */
  importLocal?(id: string): { id: string; inputs: PropertyMap; outputs: PropertyMap };
  /** The id that an import's text means, where that differs from the id; undefined where it means none. */
  importId?(text: string, context: TableContext<S>): string | undefined;
  readonly autoName?: AutoName;
  /** @default false */
  readonly deleteBeforeReplace?: boolean;
  /** What a creation meets when the id is taken: a refusal, or a write over what is there. @default "refuse" */
  readonly existing?: "refuse" | "overwrite";
  /** What the vendor says then. */
  taken?(context: ResourceContext<S>, owner: CloudResource): string;
  /** The id is taken for every account, not just this one. @default false */
  readonly globalId?: boolean;
  /** Rules over several properties. Called by `check`; values may be unknown. */
  rules?(inputs: PropertyMap, scope: S): readonly CheckFailure[];
  /** Why the cloud refuses a creation or an update that is well-formed; undefined where it does not. */
  refuse?(context: ResourceContext<S>): string | undefined;
  /** Why the resource exists after a creation or an update but is not ready; undefined where it is. */
  unready?(context: ResourceContext<S>): readonly string[] | undefined;
  /** Paths whose changes the vendor needs a replacement for though the property's schema does not say so. */
  replaceOn?(oldInputs: PropertyMap, newInputs: PropertyMap): readonly string[];
  /** Whether two values of a property, both plain and known, mean the same to the vendor. */
  same?(property: string, oldValue: PropertyValue, newValue: PropertyValue): boolean;
  /** What two writes at the same time may not share, and what the vendor says to the second of them. */
  readonly oneWriteAtATime?: { of(inputs: PropertyMap): string; conflict(of: string): string };
  readonly references?: readonly Reference[];
  /** Why the resource may not be deleted; undefined where it may. */
  refuseDelete?(resource: CloudResource, context: TableContext<S>): string | undefined;
  /** Whether referring resources go with this one instead of standing in its way. @default false */
  forceDelete?(resource: CloudResource): boolean;
  readonly softDelete?: SoftDelete;
}

/** A function of a provider. */
export interface FunctionTable<S extends VendorScope = VendorScope> {
  /** Pulumi's function token. */
  readonly token: string;
  readonly args: PropertySchemas;
  /** Answers the function's outputs; throws CloudError where the vendor would refuse. */
  answer(args: PropertyMap, context: TableContext<S>): PropertyMap;
}

/** A vendor: one Pulumi package. */
export interface VendorTable<S extends VendorScope = VendorScope> {
  /** Name of the package, such as `aws`. */
  readonly name: string;
  /** Version that the provider reports: that of the package whose properties the tables have. */
  readonly version: string;
  /** File, from the project's root, that a missing type or function is to be added to. */
  fileFor(token: string): string;
  readonly config: PropertySchemas;
  /** Rules over several settings; `config` is decoded. */
  configRules?(config: PropertyMap, seed: CloudSeed): readonly CheckFailure[];
  /** The scope of a provider with this configuration. Throws CloudError where there is none. */
  scopeOf(config: PropertyMap, seed: CloudSeed): S;
  /** Why no resource of the scope can be created or updated, such as a workspace that is not there; undefined where it can. */
  unreachable?(context: TableContext<S>): string | undefined;
  /** Inputs that a resource takes from its provider, such as its region: they go before its own. */
  inherit?(table: ResourceTypeTable<S>, inputs: PropertyMap, scope: S): PropertyMap;
  readonly resources: readonly ResourceTypeTable<S>[];
  readonly functions: readonly FunctionTable<S>[];
  /** Resources that the seed says exist. */
  seeded?(seed: CloudSeed): readonly Omit<CloudResource, "createdAt" | "urn">[];
}

/** Computes an output; undefined where the resource has none. */
export type ComputedValue<S extends VendorScope> = (context: ResourceContext<S>) => PropertyValue | undefined;

/** An output fixed at creation and unknown in its preview. */
export const once = <S extends VendorScope = VendorScope>(value: ComputedValue<S>): ComputedOutput<S> => ({
  when: "create",
  value,
});

/** An output recomputed at each update. */
export const live = <S extends VendorScope = VendorScope>(value: ComputedValue<S>): ComputedOutput<S> => ({
  when: "update",
  value,
});

/** An output that even a preview knows. */
export const planned = <S extends VendorScope = VendorScope>(value: ComputedValue<S>): ComputedOutput<S> => ({
  when: "plan",
  value,
});
