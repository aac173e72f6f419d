import { isMap, type PropertyValue } from "../../../engine/values/property-value";
import { asText } from "../../schema/property-schema";
import { REGISTRY, TASK_RUN, taskOf } from "../azure-native/container-registry";
import type { KubernetesContext } from "./kubernetes-scope";

/**
 * Why an image cannot be pulled from a registry of the simulated cloud: there is no such registry, or no run built it.
 * Images of other registries are taken to be there.
 */
export function imageFault({ world }: KubernetesContext, image: string): string | undefined {
  const [, loginServer, reference] = /^([a-z0-9]+\.azurecr\.io)\/(.+)$/.exec(image) ?? [];
  if (loginServer === undefined || reference === undefined) return undefined;
  const registry = world.find(REGISTRY, "loginServer", loginServer)[0];
  if (registry === undefined) {
    return `ImagePullBackOff: Failed to pull image "${image}": lookup ${loginServer}: no such host`;
  }
  const built = world
    .find(TASK_RUN, "registryName", registry.outputs.name)
    .filter(({ outputs }) => outputs.provisioningState === "Succeeded")
    .some(({ inputs }) => imagesOf(taskOf(inputs.runRequest)).includes(reference));
  return built ? undefined : `ImagePullBackOff: Failed to pull image "${image}": ${image}: not found`;
}

/** The images that a task builds, without their registry. */
function imagesOf(task: PropertyValue | undefined): string[] {
  const steps = isMap(task) && Array.isArray(task.steps) ? task.steps : [];
  return steps.flatMap((step) => {
    const [, image] = /(?:^|\s)-t\s+\$Registry\/(\S+)/.exec(isMap(step) ? asText(step.build) : "") ?? [];
    return image === undefined ? [] : [image];
  });
}
