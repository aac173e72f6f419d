import type { PropertyMap } from "../../engine/values/property-value";
import { isUnknown } from "../../engine/values/unknown-value";
import { CloudError } from "../cloud-error";
import type { CloudResource } from "../cloud-resource";
import { asText } from "../schema/property-schema";
import type { Reference, ResourceTypeTable, TableContext } from "../tables/table";
import { attributeOf, propertyAt, type WorldView } from "../world";

/** Throws CloudError, in the vendor's words, for the first reference of the inputs that leads to nothing. */
export function requireReferences(table: ResourceTypeTable, inputs: PropertyMap, context: TableContext): void {
  for (const reference of table.references ?? []) {
    const value = referredValue(reference, inputs);
    if (value === undefined) continue;
    const found = reference.types.some((type) =>
      reference.attributes.some((attribute) =>
        context.world
          .find(type, attribute, value)
          .some(({ scope }) => reference.anyScope === true || scope === context.scope.id),
      ),
    );
    if (!found) throw new CloudError(reference.missing(value, context));
  }
}

/** Which resources refer to a type, and how. */
export class ReferrerIndex {
  private readonly byTarget = new Map<string, { table: ResourceTypeTable; reference: Reference }[]>();

  constructor(tables: readonly ResourceTypeTable[]) {
    for (const table of tables) {
      for (const reference of table.references ?? []) {
        if ((reference.onDelete ?? "ignore") === "ignore") continue;
        for (const type of reference.types) {
          const referrers = this.byTarget.get(type) ?? [];
          referrers.push({ table, reference });
          this.byTarget.set(type, referrers);
        }
      }
    }
  }

  /**
   * Everything that goes with the deletion of a resource, itself first. Throws CloudError, in the vendor's words, where
   * something stands in the way; with `force` that goes too.
   */
  closure(target: CloudResource, world: WorldView, force: boolean): CloudResource[] {
    const gone = [target];
    for (const { table, reference } of this.byTarget.get(target.type) ?? []) {
      const referrers = referrersOf(table, reference, target, world);
      if (referrers.length === 0) continue;
      if (reference.onDelete === "refuse" && !force) {
        throw new CloudError(reference.blocks?.(target) ?? `${target.id} is in use by ${referrers[0]!.id}`);
      }
      gone.push(...referrers.flatMap((referrer) => this.closure(referrer, world, force)));
    }
    return gone;
  }
}

function referrersOf(
  table: ResourceTypeTable,
  reference: Reference,
  target: CloudResource,
  world: WorldView,
): readonly CloudResource[] {
  const values = reference.attributes.flatMap((attribute) => attributeOf(target, attribute) ?? []);
  return [...new Set(values)].flatMap((value) =>
    world
      .find(table.type, reference.property, value)
      .filter(({ scope }) => reference.anyScope === true || scope === target.scope),
  );
}

function referredValue({ property, unless }: Reference, inputs: PropertyMap): string | undefined {
  const values = property.split(":").map((part) => propertyAt(inputs, part));
  const known = values.every((value) => (typeof value === "string" && value !== "") || typeof value === "number");
  if (!known || values.some(isUnknown)) return undefined;
  const joined = values.map(asText).join(":");
  return unless?.(joined) ? undefined : joined;
}
