import type { PropertyMap } from "../../engine/values/property-value";
import { CloudError } from "../cloud-error";
import type { CloudResource } from "../cloud-resource";
import type { ResourceTypeTable } from "../tables/table";
import type { CloudBackend } from "./cloud-backend";

const DAY_IN_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * The deleted resource that these inputs ask to have back; undefined where they ask for none. Throws CloudError, in the
 * vendor's words, where there is nothing to recover.
 */
export function takeFromBin(
  table: ResourceTypeTable,
  inputs: PropertyMap,
  cloud: CloudBackend,
): CloudResource | undefined {
  if (!table.softDelete?.recovers(inputs)) return undefined;
  const deleted = inBin(table, inputs, cloud);
  if (deleted === undefined) throw new CloudError(table.softDelete.nothingToRecover(inputs));
  return deleted;
}

/** Throws CloudError, in the vendor's words, where a deleted resource still has the name. */
export function requireNameFree(table: ResourceTypeTable, inputs: PropertyMap, cloud: CloudBackend): void {
  const deleted = inBin(table, inputs, cloud);
  if (deleted !== undefined) throw new CloudError(table.softDelete!.taken(deleted));
}

/** When the vendor purges a deleted resource of its own accord. */
export function purgedAt(table: ResourceTypeTable, deleted: CloudResource): Date {
  const days = table.softDelete?.days(deleted) ?? 0;
  return new Date(Date.parse(deleted.deletedAt ?? deleted.createdAt) + days * DAY_IN_MILLISECONDS);
}

function inBin(table: ResourceTypeTable, inputs: PropertyMap, cloud: CloudBackend): CloudResource | undefined {
  if (!table.softDelete) return undefined;
  const { attribute } = table.softDelete;
  return cloud.world
    .findDeleted(table.type, attribute, inputs[attribute])
    .find((deleted) => purgedAt(table, deleted) > cloud.now());
}
