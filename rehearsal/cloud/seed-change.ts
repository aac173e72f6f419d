import type { CloudResource } from "./cloud-resource";
import type { CloudSeed } from "./seed";
import type { VendorTable } from "./tables/table";
import type { WorldView } from "./world";

/** What a seed adds to a world that was made from `before`: what a program has deleted since does not come back. */
export function seedChange(
  vendors: readonly VendorTable[],
  seed: CloudSeed,
  before: CloudSeed | undefined,
  world: WorldView,
  now: Date,
): CloudResource[] {
  const key = ({ scope, type, id }: Pick<CloudResource, "scope" | "type" | "id">): string => `${scope}\n${type}\n${id}`;
  return vendors.flatMap((vendor) => {
    const planted = new Set(before ? (vendor.seeded?.(before) ?? []).map(key) : []);
    return (vendor.seeded?.(seed) ?? [])
      .filter((resource) => !planted.has(key(resource)) && !world.get(resource.scope, resource.type, resource.id))
      .map((resource) => ({ ...resource, urn: "", createdAt: now.toISOString() }));
  });
}
