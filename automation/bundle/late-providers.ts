import { isObject } from "./property-values";

/** Stands in plans for a value that the engine does not know before the update. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * URNs of the providers in a plan whose configuration is known only during the update, such as the provider of a cluster
 * that the same update makes. The engine cannot ask them while it previews, so its plan lacks what they fill in, and the
 * update would violate it.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/resource/plugin/provider_plugin.go
 */
export function lateProviders(plan: string): string[] {
  const parsed: unknown = JSON.parse(plan);
  const resources = isObject(parsed) && isObject(parsed["resourcePlans"]) ? parsed["resourcePlans"] : {};
  return Object.entries(resources)
    .filter(([urn]) => /[:$]pulumi:providers:[^:$]+::[^:]*$/.test(urn))
    .filter(([, resource]) => isObject(resource) && JSON.stringify(resource["goal"] ?? {}).includes(UNKNOWN))
    .map(([urn]) => urn);
}
