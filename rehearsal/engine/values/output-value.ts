import type { PropertyMap, PropertyValue } from "./property-value";
import { isMap, SIGNATURE_KEY, signatureOf, SIGNATURES, UNKNOWN } from "./property-value";
import { makeSecret, mapUnlessSame, mapValuesUnlessSame } from "./secret-value";

/** Whether the value is an output value: a value together with its dependencies, secretness and knownness. */
export function isOutputValue(value: PropertyValue | undefined): value is PropertyMap {
  return signatureOf(value) === SIGNATURES.output;
}

/** The URNs that output values anywhere in the value depend on. */
export function outputDependencies(value: PropertyValue, into: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const element of value) outputDependencies(element, into);
  if (!isMap(value)) return into;
  if (isOutputValue(value) && Array.isArray(value.dependencies)) {
    for (const urn of value.dependencies) if (typeof urn === "string") into.add(urn);
  }
  for (const element of Object.values(value)) outputDependencies(element, into);
  return into;
}

/** The value with output values turned into unknowns, secrets and plain values, which is all that providers know. */
export function downgradeOutputValues(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) return mapUnlessSame(value, downgradeOutputValues);
  if (!isMap(value)) return value;
  if (!isOutputValue(value)) return mapValuesUnlessSame(value, downgradeOutputValues);
  const element = value.value === undefined ? UNKNOWN : downgradeOutputValues(value.value);
  return value.secret === true ? makeSecret(element) : element;
}

/** The value as an output value with these dependencies, by which a transform can see where it comes from. */
export function upgradeToOutputValue(value: PropertyValue, dependencies: Iterable<string>): PropertyValue {
  const all = new Set(dependencies);
  if (isOutputValue(value)) {
    const own = outputDependencies(value);
    for (const urn of all) own.add(urn);
    return { ...value, dependencies: [...own] };
  }
  if (all.size === 0) return value;
  const secret = signatureOf(value) === SIGNATURES.secret;
  const element: PropertyValue = isMap(value) && secret ? value.value! : value;
  return {
    [SIGNATURE_KEY]: SIGNATURES.output,
    ...(element === UNKNOWN ? {} : { value: element }),
    ...(secret ? { secret: true } : {}),
    dependencies: [...all],
  };
}

/**
 * The value with secrets and unknowns turned into output values, as the real engine hands inputs to transforms: a
 * transform of a Node.js program then meets an `Output` rather than the protocol's wrapper.
 */
export function asOutputValues(value: PropertyValue): PropertyValue {
  if (value === UNKNOWN) return { [SIGNATURE_KEY]: SIGNATURES.output };
  if (Array.isArray(value)) return mapUnlessSame(value, asOutputValues);
  if (!isMap(value)) return value;
  const element = mapValuesUnlessSame(value, asOutputValues);
  if (signatureOf(value) !== SIGNATURES.secret) return element;
  return { [SIGNATURE_KEY]: SIGNATURES.output, value: element.value!, secret: true };
}
