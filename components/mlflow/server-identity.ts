import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import * as pulumi from "@pulumi/pulumi";
import { assignRole } from "../azure/assign-role";
import { physicalName } from "../naming";

/** Which pods get the identity, and what it may do. */
export interface ServerIdentityArgs {
  readonly organization: string;
  readonly environment: string;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly subscriptionId: string;
  /** Issuer of the cluster's service account tokens. */
  readonly oidcIssuer: pulumi.Input<string>;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** ARM id of the container of artifacts. */
  readonly containerId: pulumi.Input<string>;
}

/**
 * The identity of the tracking server's pods, which reads and writes the artifacts without a key: Azure trusts the token
 * of their service account. See https://learn.microsoft.com/azure/aks/workload-identity-overview.
 */
export class ServerIdentity extends pulumi.ComponentResource {
  readonly clientId: pulumi.Output<string>;

  constructor(name: string, args: ServerIdentityArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:mlflow:ServerIdentity", name, {}, opts);
    const { organization, environment, resourceGroupName, location, tags, subscriptionId } = args;
    const children = { parent: this };
    const identity = new UserAssignedIdentity(
      `${name}-identity`,
      {
        resourceName: physicalName("managedIdentity", organization, environment, "mlflow"),
        resourceGroupName,
        location,
        tags,
      },
      children,
    );
    const credential = new FederatedIdentityCredential(
      `${name}-credential`,
      {
        federatedIdentityCredentialResourceName: `${args.namespace}-${args.serviceAccount}`,
        resourceName: identity.name,
        resourceGroupName,
        issuer: args.oidcIssuer,
        subject: `system:serviceaccount:${args.namespace}:${args.serviceAccount}`,
        audiences: ["api://AzureADTokenExchange"],
      },
      children,
    );
    const role = assignRole(
      `${name}-artifacts-role`,
      {
        role: "Storage Blob Data Contributor",
        scope: args.containerId,
        principalId: identity.principalId,
        subscriptionId,
      },
      children,
    );
    // Pods that start before Azure trusts their token fail: they wait for both.
    this.clientId = pulumi.all([identity.clientId, credential.id, role.id]).apply(([clientId]) => clientId);
    this.registerOutputs({ clientId: this.clientId });
  }
}
