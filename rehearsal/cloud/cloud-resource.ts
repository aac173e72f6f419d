import type { PropertyMap } from "../engine/values/property-value";

/** A thing that exists in the simulated cloud, with plain values; secret inputs are kept as digests only. */
export interface CloudResource {
  /** Where it lives: `<package>:<account, owner or subscription>`, such as `aws:111111111111`. */
  readonly scope: string;
  /** Pulumi's type token. */
  readonly type: string;
  readonly id: string;
  /** URN of the resource that created it; empty for what was planted from outside a program. */
  readonly urn: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Set while the vendor keeps a deleted resource recoverable: ISO 8601, UTC. */
  readonly deletedAt?: string;
}

/** What identifies a resource in the simulated cloud. */
export type CloudResourceKey = Pick<CloudResource, "scope" | "type" | "id" | "deletedAt">;

/** One indivisible change of the simulated cloud. */
export interface CloudChange {
  readonly put?: readonly CloudResource[];
  readonly remove?: readonly CloudResourceKey[];
}
