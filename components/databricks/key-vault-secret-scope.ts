import { SecretAcl } from "@pulumi/databricks/secretAcl";
import { SecretScope } from "@pulumi/databricks/secretScope";
import * as pulumi from "@pulumi/pulumi";

/** A secret scope and who reads it. */
export interface KeyVaultSecretScopeArgs {
  /** Name of the scope, by which notebooks ask for secrets. */
  readonly scopeName: string;
  /** ARM id of the vault. */
  readonly vaultId: pulumi.Input<string>;
  readonly vaultUri: pulumi.Input<string>;
  /** Groups, users and application ids of service principals that read the secrets. */
  readonly readers: readonly string[];
}

/**
 * A secret scope whose secrets are those of a key vault. It has to be made by a user or service principal of Entra, never
 * with a personal access token. See https://learn.microsoft.com/azure/databricks/security/secrets/.
 */
export class KeyVaultSecretScope extends pulumi.ComponentResource {
  readonly scopeName: pulumi.Output<string>;

  constructor(name: string, args: KeyVaultSecretScopeArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:databricks:KeyVaultSecretScope", name, {}, opts);
    const { scopeName, vaultId: resourceId, vaultUri: dnsName, readers } = args;
    const scope = new SecretScope(
      `${name}-scope`,
      { name: scopeName, backendType: "AZURE_KEYVAULT", keyvaultMetadata: { resourceId, dnsName } },
      { parent: this },
    );
    for (const principal of readers) {
      new SecretAcl(
        `${name}-${principal}-reads`,
        { scope: scope.name, principal, permission: "READ" },
        { parent: this },
      );
    }
    this.scopeName = scope.name;
    this.registerOutputs({ scopeName: this.scopeName });
  }
}
