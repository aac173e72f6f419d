import { Registry } from "@pulumi/azure-native/containerregistry/registry";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import * as pulumi from "@pulumi/pulumi";
import type { AzureEndpointConfig } from "../config/azure-endpoint-section";
import type { BuildContext } from "../mlflow/build-context";
import { physicalName } from "../naming";
import type { EndpointOutputs } from "../outputs";
import { machineLearningGroup } from "./endpoint-target";
import { noRelease, type Release } from "./live-release";
import { MachineLearningWorkspace } from "./machine-learning-workspace";
import { OnlineEndpoint } from "./online-endpoint";
import { slotNames } from "./release-intent";
import { ScoringEnvironment } from "./scoring-environment";

/** What an environment serves models with. */
export interface ModelEndpointArgs {
  readonly organization: string;
  readonly environment: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** Region where `endpoint` names none. */
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly endpoint: AzureEndpointConfig;
  /** Files of the image that serves the model, as `readScoringImage` reads them. @default none; scoring.create needs them */
  readonly scoringImage?: BuildContext;
  /** What the endpoint serves. @default no slot, which is right for an endpoint that does not exist yet */
  readonly release?: Release;
  /** Object id of the pipeline's principal, which tests releases. @default the pipeline does not score */
  readonly pipelinePrincipalId?: pulumi.Input<string>;
}

/** A workspace of Azure Machine Learning, made or adopted, with an online endpoint and the image that serves its model. */
export class ModelEndpoint extends pulumi.ComponentResource {
  readonly outputs: EndpointOutputs;

  constructor(name: string, args: ModelEndpointArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:azure-ml:ModelEndpoint", name, {}, opts);
    const { organization, environment, subscriptionId, tenantId, tags, endpoint, release = noRelease } = args;
    const { location = args.location, protect, model, instanceType, instanceCount, authMode } = endpoint;
    const common = { organization, environment, location, tags };
    const group = new ResourceGroup(
      `${name}-group`,
      { resourceGroupName: machineLearningGroup(organization, environment), location, tags },
      { parent: this, protect, retainOnDelete: protect },
    );
    const registry = this.registry(name, args, location, group);
    const workspace = new MachineLearningWorkspace(
      `${name}-workspace`,
      {
        ...{ ...common, tenantId, protect, resourceGroupName: group.name, registryId: registry.id },
        workspace: endpoint.workspace.existing
          ? { existing: endpoint.workspace.existing }
          : { create: { ...endpoint.workspace.create, network: endpoint.workspace.create!.network } },
      },
      { parent: this },
    );
    const { resourceGroupName, workspaceName, workspaceId, storageId } = workspace;
    const online = new OnlineEndpoint(
      name,
      {
        ...common,
        ...{ subscriptionId, model, instanceType, instanceCount, authMode, release },
        ...{ resourceGroupName, workspaceName, workspaceId, storageId },
        ...(endpoint.name && { endpointName: endpoint.name }),
        identityGroupName: group.name,
        registryId: registry.id,
        scoring: this.scoring(`${name}-scoring`, args, registry, group, workspace),
        requestTimeoutMs: endpoint.requestTimeoutMs,
        publicNetworkAccess: endpoint.publicNetworkAccess,
        callers: callersOf(args),
      },
      { parent: this },
    );
    this.outputs = {
      ...{ subscriptionId, location, resourceGroupName, workspaceName },
      endpointName: online.endpointName,
      scoringUri: online.scoringUri,
      ...{ authMode, model, instanceType, instanceCount },
      ...(endpoint.compute && { compute: endpoint.compute }),
      slots: Object.fromEntries(
        slotNames.flatMap((slot) => (release.slots[slot] ? [[slot, { model: release.slots[slot].model }]] : [])),
      ),
      traffic: release.traffic,
      ...(release.mirror && { mirror: release.mirror }),
    };
    this.registerOutputs(this.outputs);
  }

  private registry(
    name: string,
    { organization, environment, tags, endpoint }: ModelEndpointArgs,
    location: string,
    group: ResourceGroup,
  ): Registry {
    const { protect } = endpoint;
    return new Registry(
      `${name}-registry`,
      {
        registryName: physicalName("containerRegistry", organization, environment, "ml"),
        resourceGroupName: group.name,
        location,
        tags,
        sku: { name: "Standard" },
        adminUserEnabled: false,
      },
      { parent: this, protect, retainOnDelete: protect },
    );
  }

  private scoring(
    name: string,
    { organization, environment, endpoint, scoringImage }: ModelEndpointArgs,
    registry: Registry,
    group: ResourceGroup,
    { resourceGroupName, workspaceName }: MachineLearningWorkspace,
  ) {
    const { existing } = endpoint.scoring;
    if (existing) return existing;
    if (scoringImage === undefined) {
      throw new pulumi.RunError(
        "azure.endpoint.scoring.create needs an image to build: read it with readScoringImage and hand it over",
      );
    }
    const { environmentId } = new ScoringEnvironment(
      name,
      {
        ...{ organization, environment, registry, registryGroupName: group.name },
        ...{ resourceGroupName, workspaceName, context: scoringImage },
      },
      { parent: this },
    );
    return { environmentId };
  }
}

function callersOf({ endpoint, pipelinePrincipalId }: ModelEndpointArgs): Record<string, pulumi.Input<string>> {
  if (endpoint.authMode === "Key") return {};
  return {
    ...(pipelinePrincipalId && { pipeline: pipelinePrincipalId }),
    ...Object.fromEntries(endpoint.callers.map((id) => [id, id])),
  };
}
