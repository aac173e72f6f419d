import type { ComponentResource } from "@pulumi/pulumi";
import {
  MachineLearningWorkspace,
  ModelEndpoint,
  OnlineEndpoint,
  type OnlineEndpointArgs,
  type Release,
  ScoringEnvironment,
} from "../../components";
import { azureEndpointSection } from "../../components/config/azure-endpoint-section";
import { azureProviders, subscriptionId } from "./azure-fixtures";
import type { RecordOptions } from "./record-resources";

/** An image with next to nothing in it. */
export const scoringImage = { Dockerfile: "FROM scratch\n" };

/** A config with every choice made the shorter way. */
export const endpointConfig = { workspace: { create: {} }, model: "fares", scoring: { create: {} } };

/** A release in the middle: both slots serve, and the requests are mixed. */
export const release: Release = {
  slots: { blue: { model: "fares:1", scoring: { environmentId: "/environments/old" } }, green: { model: "fares:2" } },
  traffic: { blue: 90, green: 10 },
};

/** What Azure answers about a workspace that is there, and about an endpoint that is not. */
export const endpointLookups: RecordOptions["lookups"] = {
  "azure-native:machinelearningservices:getWorkspace": ({ resourceGroupName, workspaceName }) => ({
    id: `/groups/${String(resourceGroupName)}/workspaces/${String(workspaceName)}`,
    name: workspaceName,
    storageAccount: `/groups/${String(resourceGroupName)}/storage/models`,
  }),
  "azure-native:machinelearningservices:getOnlineEndpoint": () => {
    // The engine's refusals have their text in `details`, as those of gRPC.
    throw Object.assign(new Error(), { details: "getOnlineEndpoint: RESPONSE 404: 404 Not Found" });
  },
};

const common = { organization: "acme", environment: "dev", location: "westeurope", tags: { team: "ml" } };

/** An endpoint of a workspace, as its part builds it. */
export const onlineEndpoint = (args: Partial<OnlineEndpointArgs> = {}) =>
  new OnlineEndpoint(
    "endpoint",
    {
      ...{ ...common, subscriptionId, model: "fares", instanceType: "Standard_DS3_v2", instanceCount: 2 },
      ...{ resourceGroupName: "rg", workspaceName: "ml", workspaceId: "/workspaces/ml", storageId: "/storage/models" },
      ...{ identityGroupName: "rg", registryId: "/registries/ml" },
      scoring: { environmentId: "/environments/new" },
      release,
      ...args,
    },
    azureProviders(),
  );

const part = (section: Parameters<typeof azureEndpointSection.parse>[0], live?: Release) =>
  new ModelEndpoint(
    "endpoint",
    {
      ...{ ...common, subscriptionId, tenantId: "11111111-1111-4111-8111-111111111111" },
      endpoint: azureEndpointSection.parse(section),
      pipelinePrincipalId: "pipeline-principal",
      ...{ scoringImage, ...(live && { release: live }) },
    },
    azureProviders(),
  );

const workspace = (choice: ConstructorParameters<typeof MachineLearningWorkspace>[1]["workspace"]) =>
  new MachineLearningWorkspace(
    "workspace",
    {
      ...{ ...common, tenantId: "11111111-1111-4111-8111-111111111111" },
      ...{ resourceGroupName: "rg", registryId: "/registries/ml", workspace: choice },
    },
    azureProviders(),
  );

/** One way or more to build the components of an endpoint, by the name of their class. */
export const endpointComponentFixtures: Readonly<Record<string, Readonly<Record<string, () => ComponentResource>>>> = {
  ModelEndpoint: {
    "with a new workspace and no slot": () => part(endpointConfig),
    "with an adopted workspace, registered code and keys": () =>
      part(
        {
          ...{ name: "fares", location: "northeurope", model: "fares", compute: "cpu", authMode: "Key" },
          workspace: { existing: { resourceGroupName: "theirs", name: "theirs-ml" } },
          scoring: { existing: { codeId: "azureml://codes/score/versions/1" } },
        },
        release,
      ),
  },
  MachineLearningWorkspace: {
    "that is made": () => workspace({ create: { nameSuffix: "b", network: "AllowOnlyApprovedOutbound" } }),
    "that is adopted": () => workspace({ existing: { resourceGroupName: "theirs", name: "theirs-ml" } }),
  },
  OnlineEndpoint: {
    "with both slots": () => onlineEndpoint(),
    "with a mirror": () =>
      onlineEndpoint({ release: { ...release, traffic: { blue: 100 }, mirror: { green: 20 } }, callers: { ci: "p" } }),
  },
  ScoringEnvironment: {
    "with an image": () =>
      new ScoringEnvironment(
        "scoring",
        {
          ...{ organization: "acme", environment: "dev", registryGroupName: "rg" },
          registry: { name: "acmedevml", loginServer: "acmedevml.azurecr.io" },
          ...{ resourceGroupName: "rg", workspaceName: "ml", context: scoringImage },
        },
        azureProviders(),
      ),
  },
};
