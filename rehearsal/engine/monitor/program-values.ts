import { isMap, signatureOf, SIGNATURES, type PropertyMap, type PropertyValue } from "../values/property-value";
import { mapUnlessSame, mapValuesUnlessSame } from "../values/secret-value";

/** What the program can take in an answer. */
export interface Accepted {
  readonly secrets: boolean;
  readonly resources: boolean;
}

/** Properties as a program that accepts this much gets them: secrets in clear, ids instead of resources where it must be. */
export function forProgram(properties: PropertyMap, accepted: Accepted): PropertyMap {
  if (accepted.secrets && accepted.resources) return properties;
  const translate = (value: PropertyValue): PropertyValue => {
    if (Array.isArray(value)) return mapUnlessSame(value, translate);
    if (!isMap(value)) return value;
    const signature = signatureOf(value);
    if (signature === SIGNATURES.secret && !accepted.secrets) return translate(value.value ?? null);
    if (signature === SIGNATURES.resource && !accepted.resources) return value.id || value.urn || null;
    return mapValuesUnlessSame(value, translate);
  };
  return mapValuesUnlessSame(properties, translate);
}
