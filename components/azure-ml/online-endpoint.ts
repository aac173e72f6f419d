import { OnlineDeployment } from "@pulumi/azure-native/machinelearningservices/onlineDeployment";
import { OnlineEndpoint as Endpoint } from "@pulumi/azure-native/machinelearningservices/onlineEndpoint";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import * as pulumi from "@pulumi/pulumi";
import { assignRole } from "../azure/assign-role";
import { physicalName } from "../naming";
import { modelId, type Release, type SlotRelease } from "./live-release";
import { endpointName } from "./endpoint-target";
import { type SlotName, slotNames } from "./release-intent";

/** An endpoint, its slots and what they run. */
export interface OnlineEndpointArgs {
  readonly organization: string;
  readonly environment: string;
  readonly subscriptionId: string;
  readonly location: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Name, unique in the region. @default `{organization}-{environment}-{model}` */
  readonly endpointName?: string;
  /** Registered model whose versions are served. */
  readonly model: string;
  /** Group of the workspace. */
  readonly resourceGroupName: pulumi.Input<string>;
  readonly workspaceName: pulumi.Input<string>;
  /** ARM id of the workspace. */
  readonly workspaceId: pulumi.Input<string>;
  /** ARM id of the storage that has the models. */
  readonly storageId: pulumi.Input<string>;
  /** Group of the endpoint's identity. */
  readonly identityGroupName: pulumi.Input<string>;
  /** ARM id of the registry that the slots' images come from. */
  readonly registryId: pulumi.Input<string>;
  /** Environment and code of a slot that a release makes or changes. */
  readonly scoring: {
    readonly environmentId?: pulumi.Input<string>;
    readonly codeId?: pulumi.Input<string>;
    readonly script?: string;
  };
  /** What the endpoint serves: what a release wants, or what is live and stays. */
  readonly release: Release;
  /** Size of the machines of each slot. */
  readonly instanceType: string;
  /** Machines of each slot. */
  readonly instanceCount: number;
  /** @default "AADToken" */
  readonly authMode?: "AADToken" | "Key";
  /** Object ids of principals that may score with a token, by what they are. @default nobody but owners */
  readonly callers?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Longest time that a request may take, in milliseconds. @default 5000 */
  readonly requestTimeoutMs?: number;
  /** @default true */
  readonly publicNetworkAccess?: boolean;
}

/**
 * A managed online endpoint with its blue and green deployments. Azure writes an endpoint as a whole, so that one without
 * traffic would lose it: what is live is handed in as the release, and comes back as it was. Traffic names deployments,
 * which need the endpoint: a new slot comes up without traffic, and gets it in a later update.
 * See https://learn.microsoft.com/azure/machine-learning/how-to-safely-rollout-online-endpoints.
 */
export class OnlineEndpoint extends pulumi.ComponentResource {
  readonly endpointName: pulumi.Output<string>;
  /** Address that requests go to. */
  readonly scoringUri: pulumi.Output<string>;

  constructor(name: string, args: OnlineEndpointArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:azure-ml:OnlineEndpoint", name, {}, opts);
    const { authMode = "AADToken", publicNetworkAccess = true, release } = args;
    const { resourceGroupName, workspaceName, location } = args;
    const traffic = { ...release.traffic };
    const endpoint = new Endpoint(
      `${name}-endpoint`,
      {
        endpointName: endpointName(args),
        resourceGroupName,
        workspaceName,
        location,
        tags: { ...args.tags },
        identity: { type: "UserAssigned", userAssignedIdentities: [this.identity(name, args)] },
        properties: {
          authMode,
          publicNetworkAccess: publicNetworkAccess ? "Enabled" : "Disabled",
          ...(Object.keys(traffic).length > 0 && { traffic }),
          ...(release.mirror && Object.keys(release.mirror).length > 0 && { mirrorTraffic: { ...release.mirror } }),
        },
      },
      { parent: this, customTimeouts: { create: "30m", update: "30m", delete: "30m" } },
    );
    for (const slot of slotNames) {
      const wanted = release.slots[slot];
      if (wanted) this.deployment(name, args, endpoint, slot, wanted);
    }
    for (const [caller, principalId] of Object.entries(args.callers ?? {})) {
      const { subscriptionId } = args;
      const role = "AzureML Data Scientist";
      assignRole(`${name}-${caller}-scores`, { role, scope: endpoint.id, principalId, subscriptionId }, children(this));
    }
    this.endpointName = endpoint.name;
    this.scoringUri = endpoint.properties.apply(({ scoringUri }) => scoringUri);
    this.registerOutputs({ endpointName: this.endpointName, scoringUri: this.scoringUri });
  }

  /** The identity as which slots read models and pull images, which it may before the endpoint has it. */
  private identity(name: string, args: OnlineEndpointArgs): pulumi.Output<string> {
    const { organization, environment, subscriptionId, location } = args;
    const identity = new UserAssignedIdentity(
      `${name}-identity`,
      {
        resourceName: physicalName("managedIdentity", organization, environment, "endpoint"),
        resourceGroupName: args.identityGroupName,
        location,
        tags: { ...args.tags },
      },
      children(this),
    );
    const { principalId } = identity;
    const roles = [
      ["reads-models", "Storage Blob Data Reader", args.storageId],
      ["pulls-images", "AcrPull", args.registryId],
    ] as const;
    const ids = roles.map(
      ([purpose, role, scope]) =>
        assignRole(`${name}-${purpose}`, { role, scope, principalId, subscriptionId }, children(this)).id,
    );
    return pulumi.all([identity.id, ...ids]).apply(([id]) => id!);
  }

  private deployment(
    name: string,
    args: OnlineEndpointArgs,
    endpoint: Endpoint,
    slot: SlotName,
    { model, scoring }: SlotRelease,
  ): void {
    const { environmentId, codeId, script } = scoring ?? args.scoring;
    const { requestTimeoutMs = 5_000 } = args;
    new OnlineDeployment(
      `${name}-${slot}`,
      {
        deploymentName: slot,
        endpointName: endpoint.name,
        resourceGroupName: args.resourceGroupName,
        workspaceName: args.workspaceName,
        location: args.location,
        tags: { ...args.tags },
        sku: { name: "Default", capacity: args.instanceCount },
        properties: {
          endpointComputeType: "Managed",
          model: pulumi.output(args.workspaceId).apply((workspace) => modelId(workspace, model)),
          ...(environmentId !== undefined && { environmentId }),
          ...(codeId !== undefined && { codeConfiguration: { codeId, scoringScript: script ?? "score.py" } }),
          instanceType: args.instanceType,
          scaleSettings: { scaleType: "Default" },
          requestSettings: { requestTimeout: `PT${requestTimeoutMs / 1000}S` },
          appInsightsEnabled: true,
        },
      },
      {
        parent: this,
        // Azure refuses to delete a slot with traffic, and deletes all slots with their endpoint.
        deletedWith: endpoint,
        // The first deployment of a workspace may take 20 minutes, and 40 more where Azure builds its image.
        customTimeouts: { create: "60m", update: "60m", delete: "30m" },
      },
    );
  }
}

function children(parent: pulumi.Resource): pulumi.CustomResourceOptions {
  return { parent };
}
