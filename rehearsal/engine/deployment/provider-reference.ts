import { createUrn, providerType } from "./urn";

/** The id of a provider that a preview would create. */
export const UNKNOWN_ID = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A provider resource by URN and id, as resources refer to it: `<urn>::<id>`. */
export interface ProviderReference {
  readonly urn: string;
  readonly id: string;
}

/** Writes a reference as resources carry it. */
export function formatProviderReference({ urn, id }: ProviderReference): string {
  return `${urn}::${id}`;
}

/** Reads a reference; throws an Error for text that is none. */
export function parseProviderReference(reference: string): ProviderReference {
  const end = reference.lastIndexOf("::");
  if (end < 0 || !reference.startsWith("urn:pulumi:")) throw new Error(`invalid provider reference "${reference}"`);
  return { urn: reference.slice(0, end), id: reference.slice(end + 2) };
}

/** The URN of the provider that a reference names. */
export function providerUrnOf(reference: string): string {
  return parseProviderReference(reference).urn;
}

const DENIED = "denydefaultprovider";

/** The reference that stands for a default provider which the configuration forbids. */
export function denyDefaultProvider(packageName: string): ProviderReference {
  return { urn: createUrn(DENIED, DENIED, "", providerType(packageName), DENIED), id: DENIED };
}

/** Whether the reference is the one of a forbidden default provider. */
export function isDeniedDefaultProvider(reference: ProviderReference): boolean {
  return reference.id === DENIED;
}
