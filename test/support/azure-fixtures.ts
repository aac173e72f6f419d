import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import { Provider as DirectoryProvider } from "@pulumi/azuread/provider";
import { Provider as DatabricksProvider } from "@pulumi/databricks/provider";
import type { ComponentResource } from "@pulumi/pulumi";
import { AzureBlobStateBackend, AzureCiApplication, AzureCiIdentity, CiServicePrincipal } from "../../components";

/** The repository of all fixtures. */
export const repository = { fullName: "acme/platform", ownerId: 1001, id: 2002 };

/** The subscription of all fixtures. */
export const subscriptionId = "22222222-2222-4222-8222-222222222222";

/** Providers as components get them from outside. */
export const azureProviders = () => ({
  providers: [new AzureProvider("azure-native", { subscriptionId }), new DirectoryProvider("azuread", {})],
});

/** The service principal of all fixtures; its providers are arguments, since it needs two of one package. */
export const principalArgs = () => ({
  organization: "acme",
  environment: "dev",
  repository,
  accountId: "33333333-3333-4333-8333-333333333333",
  workspaceId: "4444444444444444",
  account: new DatabricksProvider("databricks", { host: "https://accounts.azuredatabricks.net" }),
  workspace: new DatabricksProvider("databricks", { host: databricksWorkspace.host }),
});

/** The workspace of all fixtures. */
export const databricksWorkspace = {
  host: "https://adb-4444444444444444.4.azuredatabricks.net",
  id: "4444444444444444",
  resourceId:
    "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/acme-dev/providers/Microsoft.Databricks/workspaces/acme-dev",
};

/** One way or more to build the components of an identity, a principal and a state in Azure, by the name of their class. */
export const azureComponentFixtures: Readonly<Record<string, Readonly<Record<string, () => ComponentResource>>>> = {
  AzureBlobStateBackend: {
    "with the usual settings": () =>
      new AzureBlobStateBackend(
        "state",
        { organization: "acme", environment: "dev", repository: "platform", location: "westeurope" },
        azureProviders(),
      ),
  },
  AzureCiIdentity: {
    "with previews and state": () =>
      new AzureCiIdentity(
        "identity",
        {
          organization: "acme",
          environment: "dev",
          repository,
          subscriptionId,
          location: "westeurope",
          roles: ["Contributor"],
          previewRoles: ["Reader"],
          stateContainerIds: { ciPrincipals: `/subscriptions/${subscriptionId}/resourceGroups/rg` },
        },
        azureProviders(),
      ),
  },
  AzureCiApplication: {
    "with secrets of a year": () =>
      new AzureCiApplication(
        "identity",
        { organization: "acme", environment: "dev", subscriptionId, roles: ["Contributor"], secretLifetimeDays: 365 },
        azureProviders(),
      ),
  },
  CiServicePrincipal: {
    "with a login of Azure": () =>
      new CiServicePrincipal("principal", {
        ...principalArgs(),
        login: { kind: "azure", applicationId: "77777777-7777-4777-8777-777777777777", principalId: "p" },
        group: { existing: { displayName: "mlops-service-principals" } },
      }),
    "with federation": () => new CiServicePrincipal("principal", { ...principalArgs(), login: { kind: "federation" } }),
    "with a secret and everything else": () =>
      new CiServicePrincipal("principal", {
        ...principalArgs(),
        login: { kind: "secret", secretLifetimeDays: 730 },
        group: { create: {} },
        directory: "/platform",
        grants: [{ securable: "schema", name: "main.default", privileges: ["MODIFY"] }],
        gitCredential: { provider: "gitHub", username: "ci", personalAccessToken: "hush" },
      }),
  },
};
