import { createHash } from "node:crypto";
import { archiveHash, assetContents } from "./archive-hash";
import { isMap, signatureOf, SIGNATURES, type PropertyMap, type PropertyValue } from "./property-value";

/**
 * The properties with the hash of each asset and archive filled in: by it the engine sees that contents changed. Paths
 * are relative to `directory`. Throws an Error for what cannot be read.
 */
export async function resolveAssets(properties: PropertyMap, directory: string): Promise<PropertyMap> {
  if (!containsAssets(properties)) return properties;
  const resolved = Object.entries(properties).map(async ([key, value]) => {
    return [key, await resolveIn(value, directory, key)] as const;
  });
  return Object.fromEntries(await Promise.all(resolved));
}

function containsAssets(value: PropertyValue): boolean {
  if (Array.isArray(value)) return value.some(containsAssets);
  if (!isMap(value)) return false;
  const signature = signatureOf(value);
  if (signature === SIGNATURES.asset || signature === SIGNATURES.archive) return true;
  return Object.values(value).some(containsAssets);
}

/** `key`: the property or element of a map that the value lies in. */
async function resolveIn(value: PropertyValue, directory: string, key: string): Promise<PropertyValue> {
  if (Array.isArray(value)) return Promise.all(value.map((element) => resolveIn(element, directory, key)));
  if (!isMap(value)) return value;
  const signature = signatureOf(value);
  if (signature === SIGNATURES.asset) {
    if (value.hash) return value;
    const contents = await told("asset", key, assetContents(value, directory));
    return { ...value, hash: createHash("sha256").update(contents).digest("hex") };
  }
  const entries = Object.entries(value).map(
    async ([name, element]) => [name, await resolveIn(element, directory, name)] as const,
  );
  const resolved: PropertyMap = Object.fromEntries(await Promise.all(entries));
  if (signature !== SIGNATURES.archive || resolved.hash) return resolved;
  return { ...resolved, hash: await told("archive", key, archiveHash(resolved, directory)) };
}

/** Says of what cannot be read where it was given, as the CLI does. */
async function told<T>(what: "asset" | "archive", key: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`unmarshal properties: failed to compute ${what} hash for "${key}": ${reason}`, { cause: error });
  }
}
