import { Directory } from "@pulumi/databricks/directory";
import { Entitlements } from "@pulumi/databricks/entitlements";
import { getGroupOutput } from "@pulumi/databricks/getGroup";
import { GitCredential } from "@pulumi/databricks/gitCredential";
import { Grant } from "@pulumi/databricks/grant";
import { Group } from "@pulumi/databricks/group";
import { GroupMember } from "@pulumi/databricks/groupMember";
import { MwsPermissionAssignment } from "@pulumi/databricks/mwsPermissionAssignment";
import { Permissions } from "@pulumi/databricks/permissions";
import { ServicePrincipal } from "@pulumi/databricks/servicePrincipal";
import * as pulumi from "@pulumi/pulumi";
import type { SubjectRepository } from "../identity/oidc-subject";
import { physicalName } from "../naming";
import { type PrincipalLogin, principalLogin } from "./principal-login";

/** A securable of Unity Catalog and what the principal may do with it. */
export interface PrincipalGrant {
  readonly securable: "catalog" | "schema" | "volume" | "table" | "externalLocation";
  /** Full name, such as `main.default`. */
  readonly name: string;
  readonly privileges: readonly string[];
}

/** The principal of CI in Databricks, and what it gets. */
export interface CiServicePrincipalArgs {
  /** First part of its name: `{organization}-{environment}-ci`. */
  readonly organization: string;
  readonly environment: string;
  readonly repository: SubjectRepository;
  readonly accountId: string;
  /** Number of the workspace, as digits. */
  readonly workspaceId: pulumi.Input<string>;
  /** Provider of the account, where principals, groups and federation policies live. */
  readonly account: pulumi.ProviderResource;
  /** Provider of the workspace, where everything else lives. */
  readonly workspace: pulumi.ProviderResource;
  /** How CI logs in as the principal. */
  readonly login: PrincipalLogin;
  /** Make it an administrator of the workspace. @default false: a user */
  readonly workspaceAdmin?: boolean;
  /** Let it create clusters without a policy. @default true, as jobs on new clusters need */
  readonly allowClusterCreate?: boolean;
  /** Group of the account that it is a member of: one that exists, by its name, or one made here. @default none */
  readonly group?: { readonly existing: { readonly displayName: string } } | { readonly create: object };
  /** Directory of the project, which it manages. @default `/{repository}-{environment}` */
  readonly directory?: string;
  readonly grants?: readonly PrincipalGrant[];
  /** With what it checks out the repository. @default nothing: files are uploaded */
  readonly gitCredential?: {
    readonly provider: string;
    readonly username?: string;
    readonly email?: string;
    /** Not for azureDevOpsServicesAad. */
    readonly personalAccessToken?: pulumi.Input<string>;
  };
}

/**
 * The service principal of CI in a Databricks account and workspace. Grants are single ones, which leave those of
 * others alone; the permissions of its directory are the whole list, to which Databricks adds whoever sets them.
 */
export class CiServicePrincipal extends pulumi.ComponentResource {
  /** Number of the principal. */
  readonly principalId: pulumi.Output<string>;
  readonly applicationId: pulumi.Output<string>;
  readonly directory: pulumi.Output<string>;
  /** The newest of its two secrets, a secret; undefined where it logs in without one. */
  readonly clientSecret: pulumi.Output<string> | undefined;

  constructor(name: string, args: CiServicePrincipalArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:databricks:CiServicePrincipal", name, {}, opts);
    const { organization, environment, repository, login, workspaceId } = args;
    const inAccount: pulumi.CustomResourceOptions = { parent: this, provider: args.account };
    const displayName = physicalName("managedIdentity", organization, environment, "ci");
    const principal = new ServicePrincipal(
      `${name}-principal`,
      {
        displayName,
        ...(login.kind === "azure" && { applicationId: login.applicationId, externalId: login.principalId }),
      },
      inAccount,
    );
    const assignment = new MwsPermissionAssignment(
      `${name}-assignment`,
      { workspaceId, principalId: principal.id, permissions: [args.workspaceAdmin === true ? "ADMIN" : "USER"] },
      inAccount,
    );
    this.membership(name, args, principal, inAccount);
    this.principalId = principal.id;
    this.applicationId = principal.applicationId;
    this.clientSecret = principalLogin(name, { ...args, repository, principal }, inAccount);

    // The workspace knows nothing of the principal before it is assigned.
    const inWorkspace = { parent: this, provider: args.workspace, dependsOn: assignment };
    new Entitlements(
      `${name}-entitlements`,
      {
        servicePrincipalId: principal.id,
        workspaceAccess: true,
        databricksSqlAccess: true,
        allowClusterCreate: args.allowClusterCreate ?? true,
      },
      inWorkspace,
    );
    this.directory = this.projectDirectory(name, args, inWorkspace);
    for (const { securable, name: securableName, privileges } of args.grants ?? []) {
      new Grant(
        `${name}-grant-${securable}-${securableName}`,
        { [securable]: securableName, principal: principal.applicationId, privileges: [...privileges] },
        inWorkspace,
      );
    }
    this.gitCredential(name, args, inWorkspace);
    this.registerOutputs({
      principalId: this.principalId,
      applicationId: this.applicationId,
      directory: this.directory,
      clientSecret: this.clientSecret,
    });
  }

  private membership(
    name: string,
    { organization, environment, account, group }: CiServicePrincipalArgs,
    principal: ServicePrincipal,
    opts: pulumi.CustomResourceOptions,
  ): void {
    if (group === undefined) {
      return;
    }
    const displayName = physicalName("managedIdentity", organization, environment, "service-principals");
    const groupId =
      "existing" in group
        ? getGroupOutput({ displayName: group.existing.displayName }, { parent: this, provider: account }).id
        : new Group(`${name}-group`, { displayName }, opts).id;
    new GroupMember(`${name}-member`, { groupId, memberId: principal.id }, opts);
  }

  private projectDirectory(
    name: string,
    { environment, repository, directory }: CiServicePrincipalArgs,
    opts: pulumi.CustomResourceOptions,
  ): pulumi.Output<string> {
    const repositoryName = repository.fullName.slice(repository.fullName.indexOf("/") + 1);
    const { path } = new Directory(
      `${name}-directory`,
      { path: directory ?? `/${repositoryName}-${environment}` },
      opts,
    );
    const accessControls = [{ servicePrincipalName: this.applicationId, permissionLevel: "CAN_MANAGE" }];
    new Permissions(`${name}-directory-permissions`, { directoryPath: path, accessControls }, opts);
    return path;
  }

  private gitCredential(
    name: string,
    { gitCredential }: CiServicePrincipalArgs,
    opts: pulumi.CustomResourceOptions,
  ): void {
    if (gitCredential === undefined) {
      return;
    }
    const { provider, username, email, personalAccessToken } = gitCredential;
    new GitCredential(
      `${name}-git`,
      {
        gitProvider: provider,
        gitUsername: username,
        gitEmail: email,
        ...(personalAccessToken !== undefined && { personalAccessToken: pulumi.secret(personalAccessToken) }),
        principalId: this.principalId,
      },
      opts,
    );
  }
}
