import type { PropertyMap, PropertyValue } from "../engine/values/property-value";

/** A resource that a MemoryProvider has, or is about to have. Values are plain: without secrets. */
export interface MemoryResource {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** What an output is computed from. */
export type OutputSource = Omit<MemoryResource, "outputs">;

/** How a MemoryProvider treats the resources of one type. All that is left out has a default. */
export interface MemoryResourceType {
  /**
   * Outputs besides the inputs, which are outputs too: values, or functions of the resource. A function's output is not
   * known in the preview of a creation, nor in a preview in which inputs are not known.
   */
  readonly outputs?: Readonly<Record<string, PropertyValue | ((resource: OutputSource) => PropertyValue)>>;
  /** Outputs that are secret whatever they come from. Those named as a secret input are secret anyway. */
  readonly secretOutputs?: readonly string[];
  /** Inputs whose change needs a replacement. @default none */
  readonly replaceOn?: readonly string[];
  /** Whether the old resource is deleted before its replacement is created. @default false */
  readonly deleteBeforeReplace?: boolean;
  /** The id of a new resource. @default the name and a number, counted up by provider: `logs-1` */
  id?(resource: { readonly name: string; readonly inputs: PropertyMap }): string;
  /**
   * What is wrong with the inputs: reasons by property. Inputs that are not known yet are left out, and reasons against
   * them do not count.
   */
  check?(inputs: PropertyMap): Readonly<Record<string, string>> | undefined;
  /** Called before a resource is created, not in previews; what it throws fails the creation. */
  beforeCreate?(resource: OutputSource): void | Promise<void>;
  /** Called before a resource is updated, with its new inputs, not in previews; what it throws fails the update. */
  beforeUpdate?(resource: OutputSource): void | Promise<void>;
  /** Called before a resource is deleted; what it throws fails the deletion. */
  beforeDelete?(resource: MemoryResource): void | Promise<void>;
}

/** The outputs of a resource as far as they are known; `unknown` stands for the others. */
export function computeOutputs(
  { outputs = {} }: MemoryResourceType,
  resource: OutputSource,
  unknown: PropertyValue | undefined,
): PropertyMap {
  const computed = Object.entries(outputs).map(([key, output]) => {
    if (typeof output !== "function") return [key, output] as const;
    return [key, unknown ?? output(resource)] as const;
  });
  return { ...resource.inputs, ...Object.fromEntries(computed) };
}
