import { createHash } from "node:crypto";
import { archiveHash, assetContents } from "./archive-hash";
import { isMap, signatureOf, SIGNATURES, type PropertyMap, type PropertyValue } from "./property-value";

/**
 * The properties with the hash of each asset and archive filled in: by it the engine sees that contents changed. Paths
 * are relative to `directory`. Throws an Error for what cannot be read.
 */
export async function resolveAssets(properties: PropertyMap, directory: string): Promise<PropertyMap> {
  if (!containsAssets(properties)) return properties;
  return (await resolveIn(properties, directory)) as PropertyMap;
}

function containsAssets(value: PropertyValue): boolean {
  if (Array.isArray(value)) return value.some(containsAssets);
  if (!isMap(value)) return false;
  const signature = signatureOf(value);
  if (signature === SIGNATURES.asset || signature === SIGNATURES.archive) return true;
  return Object.values(value).some(containsAssets);
}

async function resolveIn(value: PropertyValue, directory: string): Promise<PropertyValue> {
  if (Array.isArray(value)) return Promise.all(value.map((element) => resolveIn(element, directory)));
  if (!isMap(value)) return value;
  const signature = signatureOf(value);
  if (signature === SIGNATURES.asset) {
    if (value.hash) return value;
    const hash = createHash("sha256")
      .update(await assetContents(value, directory))
      .digest("hex");
    return { ...value, hash };
  }
  const entries = Object.entries(value).map(
    async ([key, element]) => [key, await resolveIn(element, directory)] as const,
  );
  const resolved: PropertyMap = Object.fromEntries(await Promise.all(entries));
  if (signature !== SIGNATURES.archive || resolved.hash) return resolved;
  return { ...resolved, hash: await archiveHash(resolved, directory) };
}
