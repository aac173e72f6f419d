import type { ProviderFeatures } from "../provider/provider";
import type { PropertyMap, PropertyValue } from "../values/property-value";
import { isMap, SIGNATURE_KEY, signatureOf, SIGNATURES } from "../values/property-value";
import { nameOf, typeOf } from "./urn";
import { containsSecrets, isSecret, makeSecret, mapUnlessSame, mapValuesUnlessSame } from "../values/secret-value";

/** The values as a provider with these features understands them: without secrets, with ids instead of resources. */
export function forProvider(values: PropertyMap, features: ProviderFeatures): PropertyMap {
  const translate = (value: PropertyValue): PropertyValue => {
    if (Array.isArray(value)) return mapUnlessSame(value, translate);
    if (!isMap(value)) return value;
    const signature = signatureOf(value);
    if (signature === SIGNATURES.secret && !features.acceptSecrets) return translate(value.value ?? null);
    if (signature === SIGNATURES.resource) return features.acceptResources ? reference(value) : idOf(value);
    return mapValuesUnlessSame(value, translate);
  };
  return mapValuesUnlessSame(values, translate);
}

/** A resource as the protocol has it: with its name and type, which the state leaves to the URN. */
function reference({ urn, id, packageVersion }: PropertyMap): PropertyMap {
  const result: PropertyMap = { [SIGNATURE_KEY]: SIGNATURES.resource, urn: urn ?? "" };
  if (typeof urn === "string" && urn !== "") Object.assign(result, { name: nameOf(urn), type: typeOf(urn) });
  if (id !== undefined) result.id = id;
  if (packageVersion) result.packageVersion = packageVersion;
  return result;
}

function idOf({ id, urn }: PropertyMap): PropertyValue {
  return id || urn || null;
}

/** Marks as secret what was secret in the values that a provider was given under the same name. */
export function annotateSecrets(values: PropertyMap, like: PropertyMap): PropertyMap {
  let copy: PropertyMap | undefined;
  for (const key of Object.keys(like)) {
    const value = values[key];
    const given = like[key]!;
    if (value === undefined) continue;
    const nested = isMap(value) && isMap(given) && !signatureOf(value) && !signatureOf(given);
    const marked = nested
      ? annotateSecrets(value, given)
      : !isSecret(value) && containsSecrets(given)
        ? makeSecret(value)
        : value;
    if (marked !== value) (copy ??= { ...values })[key] = marked;
  }
  return copy ?? values;
}
