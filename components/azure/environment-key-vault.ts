import { getSecretOutput } from "@pulumi/azure-native/keyvault/getSecret";
import { getVaultOutput } from "@pulumi/azure-native/keyvault/getVault";
import { Secret } from "@pulumi/azure-native/keyvault/secret";
import { Vault } from "@pulumi/azure-native/keyvault/vault";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { getServicePrincipalOutput } from "@pulumi/azuread/getServicePrincipal";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";
import { assignRole } from "./assign-role";

/** Application of Azure Databricks, the same in every tenant: as it, a workspace reads the vault of a secret scope. */
const azureDatabricksApplicationId = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

/** What the vault holds of the principal that deploys to Databricks. */
export interface DeploymentCredentials {
  readonly clientId: pulumi.Input<string>;
  /** @default a text that says that there is none, for a principal that logs in without a secret */
  readonly clientSecret?: pulumi.Input<string>;
}

/** The vault of one environment. */
export interface EnvironmentKeyVaultArgs {
  /** First part of every name: `{organization}-{environment}-kv`. */
  readonly organization: string;
  readonly environment: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly location: pulumi.Input<string>;
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * A vault that exists, which has to be there; one made here; or, with `recover`, a deleted one that Azure still keeps.
   * A deleted vault keeps its name until it is purged, after 90 days: `nameSuffix` gives the new one another name.
   */
  readonly vault:
    | { readonly existing: { readonly resourceGroupName: string; readonly name: string } }
    | { readonly create: { readonly recover?: boolean; readonly nameSuffix?: string } };
  /**
   * The four credentials: written once and never again, whoever changes them; or those that are in the vault already,
   * which have to be there.
   */
  readonly credentials: { readonly create: DeploymentCredentials } | { readonly existing: object };
  /** Object id of the pipeline's principal, which reads secrets. @default nobody but Azure Databricks reads */
  readonly readerPrincipalId?: pulumi.Input<string>;
  /** Protect vault and secrets, and leave them in place when the stack goes. @default true */
  readonly protect?: boolean;
}

/** Names of the four credentials. */
export const credentialNames = ["subscription-id", "tenant-id", "client-id", "client-secret"].map(
  (part) => `databricks-dev-ops-${part}`,
);

/**
 * A key vault with the credentials of deployments to Databricks. Who reads is said by roles, not by access policies:
 * those are one list, which the next update would write without the entry that a secret scope needs. Deleted vaults and
 * secrets are kept for 90 days, and nobody can purge them earlier.
 */
export class EnvironmentKeyVault extends pulumi.ComponentResource {
  readonly vaultName: pulumi.Output<string>;
  /** ARM id of the vault, known once Azure Databricks may read it. */
  readonly vaultId: pulumi.Output<string>;
  readonly vaultUri: pulumi.Output<string>;
  readonly resourceGroupName: pulumi.Output<string>;
  readonly secretNames: pulumi.Output<string[]>;

  constructor(name: string, args: EnvironmentKeyVaultArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:azure:EnvironmentKeyVault", name, {}, opts);
    const { protect = true, readerPrincipalId } = args;
    const stateful: pulumi.CustomResourceOptions = { parent: this, protect, retainOnDelete: protect };
    const vault = "existing" in args.vault ? this.lookUp(args.vault.existing) : this.create(name, args, stateful);
    const databricks = getServicePrincipalOutput({ clientId: azureDatabricksApplicationId }, { parent: this });
    const readable = this.reader(`${name}-databricks-reads`, args, vault.id, databricks.objectId);
    if (readerPrincipalId !== undefined) {
      this.reader(`${name}-pipeline-reads`, args, vault.id, readerPrincipalId);
    }

    this.vaultName = vault.name;
    this.vaultId = pulumi.all([vault.id, readable.id]).apply(([id]) => id);
    this.vaultUri = vault.uri;
    this.resourceGroupName = vault.resourceGroupName;
    this.secretNames = this.credentials(name, args, vault, stateful);
    this.registerOutputs({
      vaultName: this.vaultName,
      vaultId: this.vaultId,
      vaultUri: this.vaultUri,
      secretNames: this.secretNames,
    });
  }

  private lookUp({ resourceGroupName, name: vaultName }: { resourceGroupName: string; name: string }): FoundVault {
    const found = getVaultOutput({ resourceGroupName, vaultName }, { parent: this });
    return {
      id: found.id,
      name: found.name,
      resourceGroupName: pulumi.output(resourceGroupName),
      uri: found.properties.vaultUri.apply((uri) => uri ?? ""),
    };
  }

  private create(name: string, args: EnvironmentKeyVaultArgs, opts: pulumi.CustomResourceOptions): FoundVault {
    const { organization, environment, tenantId, location } = args;
    const { recover = false, nameSuffix } = "create" in args.vault ? args.vault.create : {};
    const tags = { ...args.tags };
    const groupName = physicalName("resourceGroup", organization, environment, "key-vault");
    const group = new ResourceGroup(`${name}-group`, { resourceGroupName: groupName, location, tags }, opts);
    const suffix = nameSuffix === undefined ? [] : [nameSuffix];
    const vault = new Vault(
      `${name}-vault`,
      {
        resourceGroupName: group.name,
        vaultName: physicalName("keyVault", organization, environment, "kv", ...suffix),
        location,
        properties: {
          tenantId,
          sku: { family: "A", name: "standard" },
          createMode: recover ? "recover" : "default",
          enableRbacAuthorization: true,
          enablePurgeProtection: true,
          enableSoftDelete: true,
          softDeleteRetentionInDays: 90,
        },
        tags,
      },
      // How a vault came about counts once, see EnvironmentKeyVaultArgs.vault.
      { ...opts, ignoreChanges: ["properties.createMode"] },
    );
    const uri = vault.properties.apply((properties) => properties.vaultUri ?? "");
    return { id: vault.id, name: vault.name, resourceGroupName: group.name, uri };
  }

  private reader(
    name: string,
    { subscriptionId }: EnvironmentKeyVaultArgs,
    scope: pulumi.Input<string>,
    principalId: pulumi.Input<string>,
  ) {
    const role = "Key Vault Secrets User";
    return assignRole(name, { role, scope, principalId, subscriptionId }, { parent: this });
  }

  private credentials(
    name: string,
    { credentials, subscriptionId, tenantId }: EnvironmentKeyVaultArgs,
    vault: FoundVault,
    opts: pulumi.CustomResourceOptions,
  ): pulumi.Output<string[]> {
    const { name: vaultName, resourceGroupName } = vault;
    if ("existing" in credentials) {
      return pulumi.all(
        credentialNames.map(
          (secretName) => getSecretOutput({ resourceGroupName, vaultName, secretName }, { parent: this }).name,
        ),
      );
    }
    const { clientId, clientSecret = "none: the principal logs in without a secret" } = credentials.create;
    const values = [subscriptionId, tenantId, clientId, pulumi.secret(clientSecret)];
    const secrets = credentialNames.map(
      (secretName, i) =>
        new Secret(
          `${name}-${secretName}`,
          { resourceGroupName, vaultName, secretName, properties: { value: values[i] } },
          { ...opts, ignoreChanges: ["properties.value"] },
        ).name,
    );
    return pulumi.all(secrets);
  }
}

interface FoundVault {
  readonly id: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  readonly resourceGroupName: pulumi.Output<string>;
  readonly uri: pulumi.Output<string>;
}
