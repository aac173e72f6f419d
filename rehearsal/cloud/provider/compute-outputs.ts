import type { PropertyMap, PropertyValue } from "../../engine/values/property-value";
import { UNKNOWN } from "../../engine/values/property-value";
import { containsUnknowns } from "../../engine/values/unknown-value";
import type { ComputedOutput, ResourceContext, ResourceTypeTable, VendorScope } from "../tables/table";

/** Outputs of a resource, plain: its inputs that it shows, and what the vendor computes. */
export function computeOutputs<S extends VendorScope>(
  table: ResourceTypeTable<S>,
  context: ResourceContext<S>,
): PropertyMap {
  return withComputed(table, context, (output, prior) =>
    output.when === "create" && prior !== undefined ? prior : output.value(context),
  );
}

/** Outputs as far as a preview may know them: the rest is unknown. */
export function previewOutputs<S extends VendorScope>(
  table: ResourceTypeTable<S>,
  context: ResourceContext<S>,
): PropertyMap {
  const known = !containsUnknowns(context.inputs);
  return withComputed(table, context, (output, prior) => {
    if (output.when === "create") return prior ?? UNKNOWN;
    const computable = output.when === "plan" || context.prior !== undefined;
    return known && computable ? output.value(context) : UNKNOWN;
  });
}

function withComputed<S extends VendorScope>(
  table: ResourceTypeTable<S>,
  context: ResourceContext<S>,
  compute: (output: ComputedOutput<S>, prior: PropertyValue | undefined) => PropertyValue | undefined,
): PropertyMap {
  const outputs = shownInputs(table, context.inputs);
  for (const [name, output] of Object.entries(table.computed ?? {})) {
    const value = compute(output, context.prior?.[name]);
    if (value !== undefined) outputs[name] = value;
    else delete outputs[name];
  }
  return outputs;
}

/** Names of the outputs that no update changes. */
export function stableOutputs(table: ResourceTypeTable): string[] {
  return [
    ...Object.entries(table.computed ?? {}).flatMap(([name, { when }]) => (when === "create" ? [name] : [])),
    ...Object.entries(table.properties).flatMap(([name, { replace, inputOnly }]) =>
      replace && !inputOnly ? [name] : [],
    ),
  ];
}

/** Names of the inputs and outputs that the vendor never shows. */
export function secretProperties(table: ResourceTypeTable): ReadonlySet<string> {
  return new Set([
    ...Object.entries(table.properties).flatMap(([name, { secret }]) => (secret ? [name] : [])),
    ...Object.entries(table.computed ?? {}).flatMap(([name, { secret }]) => (secret ? [name] : [])),
  ]);
}

function shownInputs(table: ResourceTypeTable, inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(inputs).filter(([name]) => !name.startsWith("__") && !table.properties[name]?.inputOnly),
  );
}
