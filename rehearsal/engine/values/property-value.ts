/**
 * A property value as Pulumi's wire protocol has it: JSON, in which secrets, assets, archives, resource references and
 * output values are objects that carry a signature, and an unknown is a sentinel string.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts
 */
export type PropertyValue = null | boolean | number | string | PropertyValue[] | PropertyMap;

/** Property values by name. A key whose value is undefined counts as absent. */
export interface PropertyMap {
  [key: string]: PropertyValue;
}

/** The key under which a special object carries its signature. */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

/** Signatures of the special objects of the wire protocol. */
export const SIGNATURES = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** The string that stands for a value which is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether the value is an object, special ones included, and not a list. */
export function isMap(value: PropertyValue | undefined): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The signature of a special object; undefined for every other value. */
export function signatureOf(value: PropertyValue | undefined): string | undefined {
  const signature = isMap(value) ? value[SIGNATURE_KEY] : undefined;
  return typeof signature === "string" ? signature : undefined;
}
