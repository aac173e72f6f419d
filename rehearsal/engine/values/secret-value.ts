import type { PropertyMap, PropertyValue } from "./property-value";
import { isMap, SIGNATURE_KEY, signatureOf, SIGNATURES } from "./property-value";

/** Whether the value is a secret as a whole. */
export function isSecret(value: PropertyValue | undefined): value is PropertyMap & { value: PropertyValue } {
  return signatureOf(value) === SIGNATURES.secret;
}

/** The value as a secret; a value that is one already stays as it is. */
export function makeSecret(value: PropertyValue): PropertyMap {
  return isSecret(value) ? value : { [SIGNATURE_KEY]: SIGNATURES.secret, value };
}

/** What the secret hides; any other value as it is. */
export function secretElement(value: PropertyValue): PropertyValue {
  return isSecret(value) ? secretElement(value.value) : value;
}

/** Whether a secret is anywhere in the value. */
export function containsSecrets(value: PropertyValue | undefined): boolean {
  if (Array.isArray(value)) return value.some(containsSecrets);
  if (!isMap(value)) return false;
  return isSecret(value) || Object.values(value).some(containsSecrets);
}

/** The value with every secret and every output value replaced by what it holds. Values without any are not copied. */
export function unwrapSecrets(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) return mapUnlessSame(value, unwrapSecrets);
  if (!isMap(value)) return value;
  const signature = signatureOf(value);
  if (signature === SIGNATURES.secret || signature === SIGNATURES.output) return unwrapSecrets(value.value ?? null);
  return mapValuesUnlessSame(value, unwrapSecrets);
}

/** The properties with every secret and output value in them unwrapped. */
export function unwrapSecretsOf(properties: PropertyMap): PropertyMap {
  return mapValuesUnlessSame(properties, unwrapSecrets);
}

/** The list with each element mapped; the very same list where no element changed. */
export function mapUnlessSame(list: PropertyValue[], map: (value: PropertyValue) => PropertyValue): PropertyValue[] {
  let copy: PropertyValue[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const mapped = map(list[i]!);
    if (!Object.is(mapped, list[i])) (copy ??= list.slice())[i] = mapped;
  }
  return copy ?? list;
}

/** The map with each value mapped; the very same map where no value changed. */
export function mapValuesUnlessSame(
  map: PropertyMap,
  change: (value: PropertyValue, key: string) => PropertyValue,
): PropertyMap {
  let copy: PropertyMap | undefined;
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue;
    const mapped = change(value, key);
    if (!Object.is(mapped, value)) (copy ??= { ...map })[key] = mapped;
  }
  return copy ?? map;
}
