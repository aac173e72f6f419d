import { Secret } from "@pulumi/azure-native/keyvault/secret";
import * as pulumi from "@pulumi/pulumi";

/** A key vault of the environment. */
export interface PasswordVault {
  readonly name: pulumi.Input<string>;
  readonly resourceGroupName: pulumi.Input<string>;
}

/** The generated passwords of a platform. */
export interface VaultPasswordsArgs {
  readonly vault: PasswordVault;
  readonly adminPassword: pulumi.Input<string>;
  readonly databasePassword: pulumi.Input<string>;
  /** Leave the secrets in the vault when the stack goes. @default true */
  readonly protect?: boolean;
}

/** Names of the passwords in the vault, the same in every environment. */
export const passwordNames = { admin: "mlflow-admin-password", database: "mlflow-database-password" } as const;

/** The generated passwords of a platform in the environment's vault, for people and for programs without the state. */
export class VaultPasswords extends pulumi.ComponentResource {
  readonly adminSecretName: pulumi.Output<string>;
  readonly databaseSecretName: pulumi.Output<string>;

  constructor(name: string, args: VaultPasswordsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:mlflow:VaultPasswords", name, {}, opts);
    this.adminSecretName = this.secret(`${name}-admin`, args, passwordNames.admin, args.adminPassword);
    this.databaseSecretName = this.secret(`${name}-database`, args, passwordNames.database, args.databasePassword);
    this.registerOutputs({ adminSecretName: this.adminSecretName, databaseSecretName: this.databaseSecretName });
  }

  private secret(
    name: string,
    { vault, protect = true }: VaultPasswordsArgs,
    secretName: string,
    password: pulumi.Input<string>,
  ): pulumi.Output<string> {
    return new Secret(
      name,
      {
        vaultName: vault.name,
        resourceGroupName: vault.resourceGroupName,
        secretName,
        properties: { value: pulumi.secret(password), contentType: "password" },
      },
      { parent: this, protect, retainOnDelete: protect },
    ).name;
  }
}
