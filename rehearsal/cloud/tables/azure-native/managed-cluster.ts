import { isMap, type PropertyMap } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import { any, flag, integer, list, object, oneOf, record, text, asText } from "../../schema/property-schema";
import type { WorldView } from "../../world";
import { live, once, planned, type FunctionTable, type ResourceTypeTable } from "../table";
import { armId, grouped, inGroup, tracked, type AzureScope } from "./azure-scope";

/** Type token of a Kubernetes cluster. */
export const MANAGED_CLUSTER = "azure-native:containerservice:ManagedCluster";
const TYPE = "Microsoft.ContainerService/managedClusters";

const pool = object({
  ...Object.fromEntries(
    ["availabilityZones", "kubeletConfig", "linuxOSConfig", "nodeLabels", "nodeTaints", "upgradeSettings", "tags"].map(
      (name) => [name, any()],
    ),
  ),
  count: integer({ min: 0, max: 1000 }),
  enableAutoScaling: flag(),
  maxCount: integer({ min: 1, max: 1000 }),
  maxPods: integer({ min: 10, max: 250 }),
  minCount: integer({ min: 0, max: 1000 }),
  mode: oneOf(["System", "User", "Gateway"]),
  name: text({ required: true, pattern: /^[a-z][a-z0-9]{0,11}$/, meaning: "up to 12 lower case letters and digits" }),
  orchestratorVersion: text(),
  osDiskSizeGB: integer({ min: 0, max: 2048 }),
  osDiskType: oneOf(["Managed", "Ephemeral"]),
  osSKU: text(),
  osType: oneOf(["Linux", "Windows"]),
  type: oneOf(["VirtualMachineScaleSets", "AvailabilitySet", "VirtualMachines"]),
  vmSize: text(),
  vnetSubnetID: text(),
});

/** Profiles that are taken as they are. */
const profiles = Object.fromEntries(
  [
    ...["aiToolchainOperatorProfile", "apiServerAccessProfile", "autoScalerProfile", "autoUpgradeProfile"],
    ...["azureMonitorProfile", "bootstrapProfile", "extendedLocation", "httpProxyConfig", "identityProfile"],
    ...["ingressProfile", "linuxProfile", "metricsProfile", "nodeProvisioningProfile", "nodeResourceGroupProfile"],
    ...["podIdentityProfile", "privateLinkResources", "serviceMeshProfile", "servicePrincipalProfile"],
    ...["storageProfile", "upgradeSettings", "windowsProfile", "workloadAutoScalerProfile"],
  ].map((name) => [name, any()]),
);

/**
 * A Kubernetes cluster.
 * @see https://learn.microsoft.com/azure/aks/what-is-aks
 */
export const managedCluster: ResourceTypeTable<AzureScope> = {
  type: MANAGED_CLUSTER,
  properties: {
    ...tracked,
    ...grouped,
    ...profiles,
    aadProfile: object({
      adminGroupObjectIDs: list(text()),
      clientAppID: text(),
      enableAzureRBAC: flag(),
      managed: flag(),
      serverAppID: text(),
      serverAppSecret: text({ secret: true }),
      tenantID: text(),
    }),
    addonProfiles: record(object({ config: record(text()), enabled: flag({ required: true }) })),
    agentPoolProfiles: list(pool),
    disableLocalAccounts: flag(),
    diskEncryptionSetID: text({ replace: true }),
    dnsPrefix: text({ replace: true, maxLength: 54 }),
    enableRBAC: flag({ replace: true }),
    fqdnSubdomain: text({ replace: true }),
    identity: object({
      delegatedResources: any(),
      type: oneOf(["SystemAssigned", "UserAssigned", "None"]),
      userAssignedIdentities: list(text()),
    }),
    kind: text(),
    kubernetesVersion: text(),
    networkProfile: any(),
    nodeResourceGroup: text({ replace: true }),
    oidcIssuerProfile: object({ enabled: flag() }),
    publicNetworkAccess: oneOf(["Enabled", "Disabled"]),
    resourceName: text({
      replace: true,
      inputOnly: true,
      minLength: 1,
      maxLength: 63,
      pattern: /^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$/,
      meaning: "letters, digits, hyphens and underscores, beginning and ending with a letter or digit",
    }),
    securityProfile: any(),
    sku: object({ name: oneOf(["Base", "Automatic"]), tier: oneOf(["Free", "Standard", "Premium"]) }),
    supportPlan: oneOf(["KubernetesOfficial", "AKSLongTermSupport"]),
  },
  computed: {
    azureApiVersion: planned(() => "2025-09-01"),
    currentKubernetesVersion: live(({ inputs }) => inputs.kubernetesVersion ?? "1.33.5"),
    fqdn: once(({ hex, inputs }) => `${asText(inputs.dnsPrefix)}-${hex("fqdn", 8)}.hcp.azmk8s.io`),
    identityProfile: once(({ id, uuid }) => ({
      kubeletidentity: {
        clientId: uuid("kubelet client"),
        objectId: uuid("kubelet object"),
        resourceId: `${id}-agentpool`,
      },
    })),
    name: planned(({ inputs }) => inputs.resourceName),
    oidcIssuerProfile: once(({ inputs, scope, uuid }) =>
      isMap(inputs.oidcIssuerProfile) && inputs.oidcIssuerProfile.enabled === true
        ? { enabled: true, issuerURL: `https://oidc.prod-aks.azure.com/${scope.tenantId}/${uuid("issuer")}/` }
        : undefined,
    ),
    powerState: live(() => ({ code: "Running" })),
    provisioningState: live(() => "Succeeded"),
    type: planned(() => TYPE),
  },
  idOf: (context) => armId(context, TYPE, context.inputs.resourceName),
  autoName: { property: "resourceName", maxLength: 63, separator: "-", digits: 8 },
  taken: (_, owner) => `Conflict: cannot create existing resource '${owner.id}'`,
  rules: ({ agentPoolProfiles, disableLocalAccounts, aadProfile }) => [
    ...(Array.isArray(agentPoolProfiles) && agentPoolProfiles.length > 0
      ? []
      : [{ property: "agentPoolProfiles", reason: "must have at least one pool, of mode System" }]),
    ...(disableLocalAccounts === true && aadProfile === undefined
      ? [{ property: "disableLocalAccounts", reason: "needs an aadProfile: else nobody could log in" }]
      : []),
  ],
  references: [inGroup],
};

/** Whether an identity is the one with which the nodes of a cluster pull images. */
export function isKubeletIdentity(world: WorldView, objectId: string): boolean {
  return world.find(MANAGED_CLUSTER, "type", TYPE).some(({ outputs }) => kubeletOf(outputs) === objectId);
}

function kubeletOf({ identityProfile }: PropertyMap): unknown {
  const kubelet = isMap(identityProfile) ? identityProfile.kubeletidentity : undefined;
  return isMap(kubelet) ? kubelet.objectId : undefined;
}

/** A kubeconfig for users of Microsoft Entra, as Azure hands it out: it asks for a device code. */
export const listManagedClusterUserCredentials: FunctionTable<AzureScope> = {
  token: "azure-native:containerservice:listManagedClusterUserCredentials",
  args: {
    format: oneOf(["azure", "exec"]),
    resourceGroupName: text({ required: true }),
    resourceName: text({ required: true }),
    serverFqdn: text(),
  },
  answer: ({ resourceName }, { scope, world }) => {
    const cluster = world.find(MANAGED_CLUSTER, "name", resourceName).find((found) => found.scope === scope.id);
    if (cluster === undefined) {
      throw new CloudError(`ResourceNotFound: The Resource '${TYPE}/${asText(resourceName)}' was not found.`);
    }
    const name = asText(resourceName);
    const authority = Buffer.from(`rehearsal authority of ${cluster.id}`).toString("base64");
    const config = {
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name,
          cluster: { server: `https://${asText(cluster.outputs.fqdn)}:443`, "certificate-authority-data": authority },
        },
      ],
      contexts: [{ name, context: { cluster: name, user: `clusterUser_${name}` } }],
      "current-context": name,
      users: [
        {
          name: `clusterUser_${name}`,
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "kubelogin",
              args: ["get-token", "--login", "devicecode"],
            },
          },
        },
      ],
    };
    return { kubeconfigs: [{ name: "clusterUser", value: Buffer.from(JSON.stringify(config)).toString("base64") }] };
  },
};
