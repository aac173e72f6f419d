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

/** Longer texts are left out of events, in characters: an event holds the properties up to four times. */
const LONGEST_TEXT = 1024 * 1024;

/** Properties as events show them: secrets masked, contents of text assets and of enormous texts left out. */
export function eventProperties(properties: PropertyMap, filter: SecretFilter): PropertyMap {
  return mapValuesUnlessSame(properties, (value) => eventValue(value, filter));
}

function eventValue(value: PropertyValue, filter: SecretFilter): PropertyValue {
  if (typeof value === "string") {
    return value.length > LONGEST_TEXT ? `<${value.length} characters elided>` : filter.mask(value);
  }
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
