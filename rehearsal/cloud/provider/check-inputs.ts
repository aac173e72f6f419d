import type { CheckFailure, CheckRequest, CheckResult } from "../../engine/provider/provider";
import type { PropertyMap, PropertyValue } from "../../engine/values/property-value";
import { isMap, signatureOf, UNKNOWN } from "../../engine/values/property-value";
import { makeSecret } from "../../engine/values/secret-value";
import { containsUnknowns } from "../../engine/values/unknown-value";
import type { PropertySchema } from "../schema/property-schema";
import { validateProperties } from "../schema/validate-properties";
import type { ResourceTypeTable, VendorScope, VendorTable } from "../tables/table";
import { autoNameFor } from "./auto-name";
import { plainProperties, plainValue } from "./plain-value";

/** Input in which names of properties are kept that the provider filled in, as Terraform-based providers do. */
const DEFAULTS_KEY = "__defaults";

/** Fills in defaults and names, and says everything that is wrong with the inputs. */
export function checkInputs<S extends VendorScope>(
  vendor: VendorTable<S>,
  table: ResourceTypeTable<S>,
  scope: S,
  request: CheckRequest,
): CheckResult {
  const inputs: PropertyMap = {};
  for (const [name, value] of Object.entries(request.newInputs)) {
    if (value !== undefined && value !== null && name !== DEFAULTS_KEY) {
      const text = jsonText(value, table.properties[name]);
      inputs[name] = table.properties[name]?.secret ? makeSecret(text) : text;
    }
  }
  const filled: PropertyMap = { ...defaultsOf(table) };
  const name = nameFor(table, inputs, request);
  if (name !== undefined) filled[table.autoName!.property] = name;
  const inherited = vendor.inherit?.(table, inputs, scope) ?? {};
  const added = Object.keys({ ...filled, ...inherited }).filter((key) => inputs[key] === undefined);
  for (const key of added) inputs[key] = filled[key] ?? inherited[key]!;
  Object.assign(inputs, inherited);
  const plain = plainProperties(inputs);
  return {
    inputs: { ...inputs, [DEFAULTS_KEY]: added.sort() },
    failures: validateInputs(table, plain, scope),
  };
}

/** Names of the properties that the provider filled in, according to checked inputs. */
export function filledIn(inputs: PropertyMap): readonly PropertyValue[] {
  const names = inputs[DEFAULTS_KEY];
  return Array.isArray(names) ? names : [];
}

/** Everything that is wrong with plain inputs. Rules over several properties come only once the types are right. */
export function validateInputs<S extends VendorScope>(
  table: ResourceTypeTable<S>,
  plain: PropertyMap,
  scope: S,
): readonly CheckFailure[] {
  const failures = validateProperties(plain, table.properties);
  return failures.length > 0 ? failures : (table.rules?.(plain, scope) ?? []);
}

function defaultsOf(table: ResourceTypeTable): PropertyMap {
  return Object.fromEntries(
    Object.entries(table.properties).flatMap(([name, { default: value }]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

function nameFor(table: ResourceTypeTable, inputs: PropertyMap, request: CheckRequest): PropertyValue | undefined {
  const rule = table.autoName;
  if (rule === undefined || [rule.property, ...(rule.unless ?? [])].some((name) => inputs[name] !== undefined)) {
    return undefined;
  }
  const old = request.oldInputs?.[rule.property];
  if (old !== undefined && filledIn(request.oldInputs!).includes(rule.property)) return old;
  return autoNameFor(rule, request.name, request.urn, request.randomSeed);
}

/**
 * An object where the vendor wants a JSON text becomes that text, and one with unknown parts an unknown text, as the real
 * providers have it: else the update of a planned resource would differ from its plan.
 */
function jsonText(value: PropertyValue, schema: PropertySchema | undefined): PropertyValue {
  if (schema?.kind !== "json" || !isMap(value) || signatureOf(value) !== undefined) return value;
  return containsUnknowns(value) ? UNKNOWN : JSON.stringify(plainValue(value));
}
