import { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster";
import { listManagedClusterUserCredentialsOutput } from "@pulumi/azure-native/containerservice/listManagedClusterUserCredentials";
import { Workspace } from "@pulumi/azure-native/operationalinsights/workspace";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";
import { clusterEndpoint, execKubeconfig, type KubeLogin } from "./exec-kubeconfig";

/** What a cluster is made of. */
export interface MlflowClusterArgs {
  readonly organization: string;
  readonly environment: string;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Size of the nodes. @default "Standard_D4s_v5" */
  readonly nodeSize?: string;
  /** Fewest and most nodes. @default 1 to 3 */
  readonly nodes?: { readonly min: number; readonly max: number };
  /** Groups of Microsoft Entra whose members administrate the cluster. */
  readonly adminGroupObjectIds: readonly string[];
  /** Address ranges from which the API server is reached. @default from anywhere, with a token */
  readonly authorizedIpRanges?: readonly string[];
  /** How programs get a token for the API server. @default "azurecli" */
  readonly kubeLogin?: KubeLogin;
}

/**
 * A Kubernetes cluster of Azure whose pods and users have identities of Microsoft Entra: there is no password and no
 * client certificate, since local accounts are off.
 */
export class MlflowCluster extends pulumi.ComponentResource {
  readonly clusterId: pulumi.Output<string>;
  readonly clusterName: pulumi.Output<string>;
  /** Issuer of the tokens of the cluster's service accounts. */
  readonly oidcIssuer: pulumi.Output<string>;
  /** Object id of the identity that pulls images. */
  readonly kubeletObjectId: pulumi.Output<string>;
  /** A kubeconfig without credentials. */
  readonly kubeconfig: pulumi.Output<string>;

  constructor(name: string, args: MlflowClusterArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:mlflow:MlflowCluster", name, {}, opts);
    const { organization, environment, resourceGroupName, location, tags } = args;
    const children = { parent: this };
    const logs = new Workspace(
      `${name}-logs`,
      {
        workspaceName: physicalName("logAnalytics", organization, environment, "mlflow"),
        resourceGroupName,
        location,
        tags,
        sku: { name: "PerGB2018" },
        retentionInDays: 30,
      },
      children,
    );
    const cluster = this.cluster(name, args, logs.id, children);
    const credentials = listManagedClusterUserCredentialsOutput(
      { resourceGroupName, resourceName: cluster.name, format: "exec" },
      children,
    );
    this.clusterId = cluster.id;
    this.clusterName = cluster.name;
    this.oidcIssuer = cluster.oidcIssuerProfile.apply((profile) => required(profile?.issuerURL, "an OIDC issuer"));
    this.kubeletObjectId = cluster.identityProfile.apply((profile) =>
      required(profile?.kubeletidentity?.objectId, "a kubelet identity"),
    );
    // What a function was asked with counts as a dependency once it answers: named here, it does in a preview as well.
    const asked = pulumi.all([cluster.name, credentials, resourceGroupName]);
    // Nothing of what Azure handed out but the address and the authority is in it.
    this.kubeconfig = pulumi.unsecret(asked).apply(([clusterName, { kubeconfigs }]) => {
      const encoded = required(kubeconfigs[0]?.value, "a kubeconfig");
      return execKubeconfig(clusterEndpoint(clusterName, encoded), args.kubeLogin ?? "azurecli");
    });
    this.registerOutputs({ clusterName: this.clusterName, oidcIssuer: this.oidcIssuer, kubeconfig: this.kubeconfig });
  }

  private cluster(
    name: string,
    args: MlflowClusterArgs,
    logAnalyticsWorkspaceResourceID: pulumi.Output<string>,
    opts: pulumi.CustomResourceOptions,
  ): ManagedCluster {
    const { organization, environment, resourceGroupName, location, tags } = args;
    const { nodeSize = "Standard_D4s_v5", nodes = { min: 1, max: 3 }, authorizedIpRanges } = args;
    const resourceName = physicalName("aksCluster", organization, environment, "mlflow");
    return new ManagedCluster(
      `${name}-cluster`,
      {
        resourceName,
        resourceGroupName,
        location,
        tags,
        dnsPrefix: resourceName,
        identity: { type: "SystemAssigned" },
        sku: { name: "Base", tier: "Standard" },
        enableRBAC: true,
        disableLocalAccounts: true,
        aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: [...args.adminGroupObjectIds] },
        oidcIssuerProfile: { enabled: true },
        securityProfile: { workloadIdentity: { enabled: true } },
        apiServerAccessProfile: authorizedIpRanges && { authorizedIPRanges: [...authorizedIpRanges] },
        agentPoolProfiles: [
          {
            name: "system",
            mode: "System",
            type: "VirtualMachineScaleSets",
            osType: "Linux",
            osSKU: "AzureLinux",
            vmSize: nodeSize,
            enableAutoScaling: true,
            count: nodes.min,
            minCount: nodes.min,
            maxCount: nodes.max,
          },
        ],
        addonProfiles: { omsagent: { enabled: true, config: { logAnalyticsWorkspaceResourceID } } },
        ingressProfile: { webAppRouting: { enabled: true } },
        networkProfile: {
          networkPlugin: "azure",
          networkPluginMode: "overlay",
          networkPolicy: "cilium",
          networkDataplane: "cilium",
          loadBalancerSku: "standard",
          outboundType: "loadBalancer",
        },
        autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
      },
      // Azure writes the number of nodes that its autoscaler chose.
      {
        ...opts,
        customTimeouts: { create: "45m", update: "45m", delete: "45m" },
        ignoreChanges: ["agentPoolProfiles[0].count"],
      },
    );
  }
}

/** A preview of a cluster that does not exist yet tells its inputs only: what Azure adds is unknown then. */
function required(value: string | undefined, what: string): string {
  if (value !== undefined) return value;
  if (pulumi.runtime.isDryRun()) return pulumi.unknown as string;
  throw new pulumi.RunError(`Azure gave the cluster without ${what}; refresh the stack and try again`);
}
