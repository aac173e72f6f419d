import type { CustomTimeouts } from "../state/deployment-file";
import type { PropertyMap, PropertyValue } from "../values/property-value";

/** A former identity of a resource: a URN, or what differs from the present one. */
export type Alias =
  | { readonly urn: string }
  | {
      readonly name?: string;
      readonly type?: string;
      readonly stack?: string;
      readonly project?: string;
      readonly parent?: string;
      /** The alias had no parent, whatever the resource has now. */
      readonly noParent?: boolean;
    };

/** What a program wants a resource to be. */
export interface Goal {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly properties: PropertyMap;
  /** URN; empty for none. */
  readonly parent: string;
  readonly protect: boolean | undefined;
  readonly dependencies: readonly string[];
  /** Provider reference; empty for components and providers. */
  readonly provider: string;
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly Alias[];
  /** Id of an existing resource to import; empty for none. */
  readonly importId: string;
  readonly customTimeouts: CustomTimeouts;
  readonly replaceOnChanges: readonly string[];
  readonly replacementTrigger: PropertyValue | undefined;
  readonly retainOnDelete: boolean | undefined;
  /** URN; empty for none. */
  readonly deletedWith: string;
  readonly replaceWith: readonly string[];
  readonly hideDiff: readonly string[];
  readonly sourcePosition: string | undefined;
  readonly stackTrace: readonly { sourcePosition: string }[] | undefined;
}

/** A goal that asks for nothing but a type, a name and properties. */
export function plainGoal(type: string, name: string, properties: PropertyMap): Goal {
  return {
    type,
    name,
    custom: true,
    properties,
    parent: "",
    protect: undefined,
    dependencies: [],
    provider: "",
    propertyDependencies: {},
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    additionalSecretOutputs: [],
    aliases: [],
    importId: "",
    customTimeouts: {},
    replaceOnChanges: [],
    replacementTrigger: undefined,
    retainOnDelete: undefined,
    deletedWith: "",
    replaceWith: [],
    hideDiff: [],
    sourcePosition: undefined,
    stackTrace: undefined,
  };
}
