import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import { RunError } from "@pulumi/pulumi";
import { endpointName, workspaceTarget } from "./azure-ml/endpoint-target";
import { noRelease, type Release } from "./azure-ml/live-release";
import { readLiveRelease } from "./azure-ml/read-live-release";
import { parseReleaseIntent } from "./azure-ml/release-error";
import type { ReleaseIntent } from "./azure-ml/release-intent";
import type { EnvironmentConfig } from "./environment-config";

/** Environment variable in which a release hands its intent to the program, as JSON. */
export const releaseVariable = "TRUNKLINE_RELEASE";

/** What the endpoints of an environment serve. */
export interface Releases {
  /** Of azure.endpoint. */
  readonly endpoint?: Release;
  /** Of databricks.serving, where a release wants something of it. */
  readonly serving?: ReleaseIntent;
}

/**
 * What the endpoints of an environment are to serve: what a release wants, or, where there is none, what is live, so that
 * no other change resets it. Called by a program before it declares anything; `intent` is the text of
 * {@link releaseVariable}. Throws a RunError for an intent that no endpoint can have.
 */
export async function readReleases(config: EnvironmentConfig, intent: string | undefined): Promise<Releases> {
  const wanted = intent === undefined ? undefined : parseReleaseIntent(intent, releaseVariable);
  const part = wanted?.part ?? "azure.endpoint";
  const configured = part === "azure.endpoint" ? config.azure?.endpoint : config.databricks?.serving;
  if (wanted && configured === undefined) {
    throw new RunError(
      `${releaseVariable} wants a release of ${part}, which the config of ${config.environment} lacks`,
    );
  }
  return {
    ...(config.azure?.endpoint && {
      endpoint: await endpointRelease(config, part === "azure.endpoint" ? wanted : undefined),
    }),
    ...(wanted && part === "databricks.serving" && { serving: wanted }),
  };
}

async function endpointRelease(config: EnvironmentConfig, wanted: ReleaseIntent | undefined): Promise<Release> {
  const { organization, environment, azure } = config;
  const { subscriptionId, tenantId, location, endpoint } = azure!;
  const { name, model, workspace } = endpoint!;
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
