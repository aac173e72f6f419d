import { gunzipSync } from "node:zlib";
import type { Deployment } from "@pulumi/pulumi/automation";
import type { Bundle } from "./bundle";
import { isObject } from "./property-values";

/** What each resource of a bundle depends on, as the engine's plan has it: URNs by URN. */
export function bundleDependencies({ plan }: Pick<Bundle, "plan">): Map<string, readonly string[]> {
  return new Map(planGoals(plan).map(([urn, goal]) => [urn, texts(goal["dependencies"])]));
}

/** Every resource that a bundle's plan has a goal for, with what its goal says. */
export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly dependsOn: readonly string[];
}

/** The resources that an update by a bundle is to leave, unchanged ones included, in the order of their URNs. */
export function plannedResources({ plan }: Pick<Bundle, "plan">): PlannedResource[] {
  const planned = planGoals(plan).map(([urn, goal]) => ({
    urn,
    type: text(goal["type"]),
    name: text(goal["name"]),
    parent: text(goal["parent"]),
    dependsOn: texts(goal["dependencies"]),
  }));
  return planned
    .filter(({ type, name }) => !(type.startsWith("pulumi:providers:") && name.startsWith("default")))
    .sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

/** What each resource of an exported state depends on: URNs by URN. What waits to be deleted is left out. */
export function stateDependencies({ deployment }: Deployment): Map<string, readonly string[]> {
  const resources: unknown = isObject(deployment) ? deployment["resources"] : undefined;
  const all = (Array.isArray(resources) ? (resources as unknown[]) : []).filter(isObject);
  const kept = all.filter((resource) => resource["delete"] !== true);
  return new Map(kept.map((resource) => [text(resource["urn"]), texts(resource["dependencies"])]));
}

/** The goals of a plan, which is compressed and in base64; only what is about secrets in it is encrypted. */
function planGoals(plan: string): (readonly [string, Readonly<Record<string, unknown>>])[] {
  const content: unknown = JSON.parse(gunzipSync(Buffer.from(plan, "base64")).toString("utf8"));
  const resources = isObject(content) && isObject(content["resourcePlans"]) ? content["resourcePlans"] : {};
  return Object.entries(resources).flatMap(([urn, resource]) => {
    const goal = isObject(resource) ? resource["goal"] : undefined;
    return isObject(goal) ? [[urn, goal] as const] : [];
  });
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
