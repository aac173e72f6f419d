import type { PropertyMap } from "../../engine/values/property-value";
import { CloudError } from "../cloud-error";
import type { ResourceTypeTable } from "../tables/table";
import type { CloudBackend } from "./cloud-backend";

/** What is being written in each cloud, as keys of `oneWriteAtATime`. */
const underWay = new WeakMap<CloudBackend, Set<string>>();

/** Does the work; throws CloudError, in the vendor's words, while another write of the same key is under way. */
export async function oneWriteAtATime<T>(
  { type, oneWriteAtATime: rule }: ResourceTypeTable,
  inputs: PropertyMap,
  cloud: CloudBackend,
  work: () => Promise<T>,
): Promise<T> {
  if (rule === undefined) return work();
  const writes = underWay.get(cloud) ?? new Set<string>();
  underWay.set(cloud, writes);
  const of = rule.of(inputs);
  const key = `${type}\n${of}`;
  if (writes.has(key)) throw new CloudError(rule.conflict(of));
  writes.add(key);
  try {
    return await work();
  } finally {
    writes.delete(key);
  }
}
