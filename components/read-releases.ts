import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import { endpointName, workspaceTarget } from "./azure-ml/endpoint-target";
import { noRelease, type Release } from "./azure-ml/live-release";
import { readLiveRelease } from "./azure-ml/read-live-release";
import { parseReleaseIntent } from "./azure-ml/release-error";
import type { EnvironmentConfig } from "./environment-config";

/** Environment variable in which a release hands its intent to the program, as JSON. */
export const releaseVariable = "TRUNKLINE_RELEASE";

/** What the endpoints of an environment serve. */
export interface Releases {
  /** Of azure.endpoint. */
  readonly endpoint?: Release;
}

/**
 * What the endpoints of an environment are to serve: what a release wants, or, where there is none, what is live, so that
 * no other change resets it. Called by a program before it declares anything; `intent` is the text of
 * {@link releaseVariable}. Throws a RunError for an intent that no endpoint can have.
 */
export async function readReleases(config: EnvironmentConfig, intent: string | undefined): Promise<Releases> {
  return { ...(config.azure?.endpoint && { endpoint: await endpointRelease(config, intent) }) };
}

async function endpointRelease(config: EnvironmentConfig, intent: string | undefined): Promise<Release> {
  const { organization, environment, azure } = config;
  const { subscriptionId, tenantId, location, endpoint } = azure!;
  const { name, model, workspace } = endpoint!;
  const wanted = intent === undefined ? undefined : parseReleaseIntent(intent, releaseVariable);
  // Registered whatever is read, so that a release changes nothing else.
  const provider = new AzureProvider(`${environment}-live-endpoint-provider`, { subscriptionId, tenantId, location });
  const address = {
    ...workspaceTarget(organization, environment, workspace),
    endpointName: endpointName({ organization, environment, model, ...(name && { endpointName: name }) }),
  };
  const live = await readLiveRelease(address, { provider });
  // Traffic needs deployments, which need the endpoint: the first update makes these, a later one gives traffic.
  if (wanted && live === undefined) return { slots: wanted.slots, traffic: {} };
  return wanted ?? live ?? noRelease;
}
