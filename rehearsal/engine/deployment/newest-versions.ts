import { gt, valid } from "semver";
import type { ResourceState } from "../state/deployment-file";
import { isProviderType, packageOf } from "./urn";

/** The newest version of each package that a state's providers name. */
export function newestVersions(resources: readonly ResourceState[]): Map<string, string> {
  const newest = new Map<string, string>();
  for (const { type, inputs } of resources) {
    const version = inputs?.version;
    if (!isProviderType(type) || typeof version !== "string" || !valid(version)) continue;
    const known = newest.get(packageOf(type));
    if (known === undefined || gt(version, known)) newest.set(packageOf(type), version);
  }
  return newest;
}
