/** The type of the root resource of every stack. */
export const ROOT_STACK_TYPE = "pulumi:pulumi:Stack";

/** The parts of a URN. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** Types of the parents and of the resource itself, joined by `$`; the root stack is left out. */
  readonly qualifiedType: string;
  readonly type: string;
  readonly name: string;
}

/**
 * Makes the URN of a resource.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 */
export function createUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const parentType = parent === "" ? "" : qualifiedTypeOf(parent);
  const qualified = parentType === "" || parentType === ROOT_STACK_TYPE ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** The parts of a URN; throws an Error for text that is none. */
export function parseUrn(urn: string): UrnParts {
  const [prefixed, project, qualifiedType, ...name] = urn.split("::");
  if (!prefixed?.startsWith("urn:pulumi:") || project === undefined || !qualifiedType || name.length === 0) {
    throw new Error(`invalid URN "${urn}": expected urn:pulumi:<stack>::<project>::<type>::<name>`);
  }
  return {
    stack: prefixed.slice("urn:pulumi:".length),
    project,
    qualifiedType,
    type: qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1),
    name: name.join("::"),
  };
}

/** Types of the parents and of the resource itself, joined by `$`. */
export function qualifiedTypeOf(urn: string): string {
  return parseUrn(urn).qualifiedType;
}

/** The resource's own type. */
export function typeOf(urn: string): string {
  return parseUrn(urn).type;
}

/** The resource's name in the program. */
export function nameOf(urn: string): string {
  return parseUrn(urn).name;
}

/** Whether the URN is the one of a stack's root resource. */
export function isRootStack(urn: string): boolean {
  return urn !== "" && qualifiedTypeOf(urn) === ROOT_STACK_TYPE;
}

/** The package of a type token: `aws` of `aws:s3/bucket:Bucket`, and of `pulumi:providers:aws`. */
export function packageOf(type: string): string {
  return isProviderType(type) ? type.slice(PROVIDER_TYPE_PREFIX.length) : type.slice(0, type.indexOf(":"));
}

const PROVIDER_TYPE_PREFIX = "pulumi:providers:";

/** Whether the type is the one of a provider resource. */
export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_TYPE_PREFIX);
}

/** The type of a package's provider resources. */
export function providerType(packageName: string): string {
  return PROVIDER_TYPE_PREFIX + packageName;
}

/** Whether the URN is the one of a provider that the engine made by itself. */
export function isDefaultProvider(urn: string): boolean {
  const { type, name } = parseUrn(urn);
  return isProviderType(type) && (name === "default" || name.startsWith("default_"));
}
