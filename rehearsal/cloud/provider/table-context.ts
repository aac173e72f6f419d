import { createHash } from "node:crypto";
import type { PropertyMap } from "../../engine/values/property-value";
import type { ResourceContext, TableContext, VendorScope } from "../tables/table";
import type { CloudBackend } from "./cloud-backend";
import { uuidOf } from "./uuid";

/** What a table's function may know of the cloud; `identity` is what its made-up digits depend on. */
export function tableContext<S extends VendorScope>(cloud: CloudBackend, scope: S, identity: string): TableContext<S> {
  const hex = (purpose: string, length: number): string => digits(`${scope.id}\n${identity}\n${purpose}`, length);
  return {
    scope,
    seed: cloud.seed,
    world: cloud.world,
    now: cloud.now().toISOString(),
    hex,
    uuid: (purpose) => uuidOf(hex(purpose, 32)),
  };
}

/** What a function of a resource type's table may know. `life` counts attempts to find an id that is free. */
export function resourceContext<S extends VendorScope>(
  cloud: CloudBackend,
  scope: S,
  resource: { urn: string; inputs: PropertyMap; id: string; prior?: PropertyMap },
  life = 0,
): ResourceContext<S> {
  const { urn, inputs, id, prior } = resource;
  return { ...tableContext(cloud, scope, `${urn}\n${id}\n${life}`), inputs, id, prior };
}

function digits(seed: string, length: number): string {
  let text = "";
  for (let block = 0; text.length < length; block++) {
    text += createHash("sha256").update(`${seed}\n${block}`).digest("hex");
  }
  return text.slice(0, length);
}
