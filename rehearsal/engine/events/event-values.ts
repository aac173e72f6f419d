import {
  isMap,
  SIGNATURE_KEY,
  signatureOf,
  SIGNATURES,
  type PropertyMap,
  type PropertyValue,
} from "../values/property-value";
import { mapUnlessSame, mapValuesUnlessSame } from "../values/secret-value";
import type { SecretFilter } from "./secret-filter";

/** Properties as events show them: secrets masked, contents of text assets left out. */
export function eventProperties(properties: PropertyMap, filter: SecretFilter): PropertyMap {
  return mapValuesUnlessSame(properties, (value) => eventValue(value, filter));
}

function eventValue(value: PropertyValue, filter: SecretFilter): PropertyValue {
  if (typeof value === "string") return filter.mask(value);
  if (Array.isArray(value)) return mapUnlessSame(value, (element) => eventValue(element, filter));
  if (!isMap(value)) return value;
  switch (signatureOf(value)) {
    case SIGNATURES.secret:
      return { [SIGNATURE_KEY]: SIGNATURES.secret, ciphertext: "[secret]" };
    case SIGNATURES.asset:
      return "text" in value ? { ...value, text: "<contents elided>" } : value;
    default:
      return mapValuesUnlessSame(value, (element) => eventValue(element, filter));
  }
}
