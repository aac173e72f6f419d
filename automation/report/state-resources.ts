import type { Deployment } from "@pulumi/pulumi/automation";
import { ExportedState } from "../bundle/exported-state";
import { stateDependencies } from "../bundle/resource-dependencies";
import { nameOf } from "./operation-tree";
import type { PageResource } from "./page-data";
import { pageResources, type KnownResource } from "./page-resources";

/** The resources that a state has, none of them changed; providers that the engine made are left out. */
export function stateResources(deployment: Deployment): PageResource[] {
  return pageResources(knownResources(deployment), []);
}

/** What a state knows of its resources; providers that the engine made are left out. */
export function knownResources(deployment: Deployment): KnownResource[] {
  const dependencies = stateDependencies(deployment);
  const { resources } = new ExportedState(deployment);
  const kept = resources.filter(({ urn, type, delete: waiting }) => {
    return waiting !== true && !(type.startsWith("pulumi:providers:") && nameOf(urn).startsWith("default"));
  });
  return kept.map(({ urn, type, parent }) => ({
    ...{ urn, type, name: nameOf(urn), change: "same" as const },
    parent: typeof parent === "string" ? parent : "",
    dependsOn: [...new Set(dependencies.get(urn))],
  }));
}
