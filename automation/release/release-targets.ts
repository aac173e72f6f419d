import type { ResourceRow } from "../report/operation-tree";
import type { ServingPlatform } from "./serving-platform";
import type { ReleaseStep } from "./release-ports";

/** Type chains of the resources that a release changes, up to their names. */
const COMPONENTS: Readonly<Record<ServingPlatform, string>> = {
  azure: "trunkline:azure-ml:OnlineEndpoint",
  databricks: "trunkline:databricks:ServingEndpoint",
};

/** URNs, with `**` for any text, of what a step may change. In Databricks slots and traffic lie in one resource. */
export function releaseTargets(platform: ServingPlatform, stack: string, { touches }: ReleaseStep): string[] {
  const inside = `urn:pulumi:${stack}::**${COMPONENTS[platform]}$`;
  if (platform === "databricks") return [`${inside}databricks:index/modelServing:ModelServing::*`];
  return touches.map((part) => {
    const type = part === "endpoint" ? "OnlineEndpoint" : "OnlineDeployment";
    return `${inside}azure-native:machinelearningservices:${type}::*-${part}`;
  });
}

/** What a preview would do besides the step, each with why it may not; empty where it may be carried out. */
export function strayChanges(
  platform: ServingPlatform,
  stack: string,
  step: ReleaseStep,
  rows: readonly Pick<ResourceRow, "urn" | "change" | "name">[],
): string[] {
  const targets = releaseTargets(platform, stack, step).map(pattern);
  return rows.flatMap(({ urn, change, name }) => {
    if (change === "same" || change === "read" || change === "refresh") return [];
    if (!targets.some((target) => target.test(urn))) return [`${change} ${name}: it is no part of the step`];
    if (change === "create" || change === "update") return [];
    const removed = step.removes !== undefined && name.endsWith(`-${step.removes}`);
    if (change === "delete" && removed && platform === "azure") return [];
    // A slot without traffic may be made anew for its new model; the endpoint may not.
    const slot = step.touches.some((part) => part !== "endpoint" && name.endsWith(`-${part}`));
    if (change === "replace" && slot && platform === "azure") return [];
    return [`${change} ${name}: requests would find nobody`];
  });
}

function pattern(target: string): RegExp {
  const text = target
    .split(/(\*\*|\*)/)
    .map((part) => (part === "**" ? ".*" : part === "*" ? "[^:]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${text.join("")}$`);
}
