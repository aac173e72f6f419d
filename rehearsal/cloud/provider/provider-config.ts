import type { CheckFailure, CheckResult, DiffResult } from "../../engine/provider/provider";
import type { PropertyMap, PropertyValue } from "../../engine/values/property-value";
import { containsUnknowns, isUnknown } from "../../engine/values/unknown-value";
import { CloudError } from "../cloud-error";
import type { PropertySchema } from "../schema/property-schema";
import { validateProperties } from "../schema/validate-properties";
import type { CloudSeed } from "../seed";
import type { VendorScope, VendorTable } from "../tables/table";
import { diffInputs } from "./diff-inputs";
import { plainProperties } from "./plain-value";

/** Properties of a provider resource that are the engine's business. */
const ENGINE_KEYS: ReadonlySet<string> = new Set([
  "version",
  "pluginDownloadURL",
  "pluginChecksums",
  "parameterization",
]);

/**
 * A provider's configuration with plain values. Whatever is not text travels as its JSON, which is decoded here.
 */
export function decodeConfig(vendor: VendorTable, config: PropertyMap): PropertyMap {
  const decoded: PropertyMap = {};
  for (const [name, value] of Object.entries(plainProperties(config))) {
    if (ENGINE_KEYS.has(name) || name.startsWith("__")) continue;
    decoded[name] = decodeSetting(value, Object.hasOwn(vendor.config, name) ? vendor.config[name] : undefined);
  }
  return decoded;
}

/** Says everything that is wrong with a provider's configuration. */
export function checkProviderConfig<S extends VendorScope>(
  vendor: VendorTable<S>,
  inputs: PropertyMap,
  seed: CloudSeed,
): CheckResult {
  const config = decodeConfig(vendor, inputs);
  const failures: CheckFailure[] = validateProperties(config, vendor.config);
  if (failures.length === 0) failures.push(...(vendor.configRules?.(config, seed) ?? []));
  if (failures.length === 0 && !containsUnknowns(config)) {
    try {
      vendor.scopeOf(config, seed);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      failures.push({ property: "", reason: error.message });
    }
  }
  return { inputs, failures };
}

/** What a change of a provider's configuration means: another account, owner or subscription replaces everything. */
export function diffProviderConfig<S extends VendorScope>(
  vendor: VendorTable<S>,
  oldInputs: PropertyMap,
  newInputs: PropertyMap,
  seed: CloudSeed,
): DiffResult {
  const [olds, news] = [decodeConfig(vendor, oldInputs), decodeConfig(vendor, newInputs)];
  const changed = diffInputs(olds, news, { properties: vendor.config });
  if (changed.changes === "none" || containsUnknowns(news)) return changed;
  if (vendor.scopeOf(olds, seed).id === vendor.scopeOf(news, seed).id) return changed;
  return diffInputs(olds, news, { properties: vendor.config, replaceOn: () => changed.changedKeys ?? [] });
}

function decodeSetting(value: PropertyValue, schema: PropertySchema | undefined): PropertyValue {
  if (typeof value !== "string" || schema === undefined || schema.kind === "text" || isUnknown(value)) return value;
  try {
    return JSON.parse(value) as PropertyValue;
  } catch {
    return value;
  }
}
