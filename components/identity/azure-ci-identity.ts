import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import * as pulumi from "@pulumi/pulumi";
import { assignRole } from "../azure/assign-role";
import type { BuiltInRole } from "../azure/built-in-roles";
import { physicalName } from "../naming";
import { githubIssuerHost } from "./github-trust-policy";
import { oidcSubjects, type SubjectContext, type SubjectRepository } from "./oidc-subject";

/** Audience of a token that Azure takes for one of its own. */
const azureAudience = "api://AzureADTokenExchange";

/** Whom the identities of an environment trust and what they may do. */
export interface AzureCiIdentityArgs {
  /** First part of every name: `{organization}-{environment}-ci-write`. */
  readonly organization: string;
  /** Name of the GitHub environment that a job must name to get the write identity. */
  readonly environment: string;
  readonly repository: SubjectRepository;
  readonly subscriptionId: string;
  readonly location: pulumi.Input<string>;
  /** Roles of the write identity on the subscription. Nothing is implied. */
  readonly roles: readonly BuiltInRole[];
  /** Roles of an identity that pull requests get as well, on the subscription. @default no such identity */
  readonly previewRoles?: readonly BuiltInRole[];
  /** Names of branches, no patterns, whose pushes may preview before somebody approves. @default none */
  readonly previewBranches?: readonly string[];
  /** ARM ids of containers whose blobs the write identity writes and the preview identity reads. @default none */
  readonly stateContainerIds?: Readonly<Record<string, pulumi.Input<string>>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Managed identities that GitHub Actions takes on without a stored secret: one that only a job of the environment gets,
 * that is after its approval, and, when asked for, one for previews. Each trusts exact subjects, one a credential.
 *
 * Anybody who can push a branch can run a job as a pull request, so the roles of previews must be harmless.
 */
export class AzureCiIdentity extends pulumi.ComponentResource {
  readonly clientId: pulumi.Output<string>;
  readonly principalId: pulumi.Output<string>;
  readonly previewClientId: pulumi.Output<string> | undefined;

  constructor(name: string, args: AzureCiIdentityArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:identity:AzureCiIdentity", name, {}, opts);
    const { organization, environment, location, previewRoles, previewBranches = [], tags } = args;
    const resourceGroupName = physicalName("resourceGroup", organization, environment, "identity");
    const group = new ResourceGroup(
      `${name}-group`,
      { resourceGroupName, location, tags: { ...tags } },
      { parent: this },
    );
    const environmentJob: SubjectContext = { kind: "environment", name: environment };
    const write = this.identity(`${name}-write`, args, group, {
      purpose: "write",
      contexts: [environmentJob],
      roles: args.roles,
      stateRole: "Storage Blob Data Contributor",
    });
    const preview =
      previewRoles &&
      this.identity(`${name}-preview`, args, group, {
        purpose: "preview",
        contexts: [
          { kind: "pull_request" },
          environmentJob,
          ...previewBranches.map((branch): SubjectContext => ({ kind: "branch", name: branch })),
        ],
        roles: previewRoles,
        stateRole: "Storage Blob Data Reader",
      });

    this.clientId = write.clientId;
    this.principalId = write.principalId;
    this.previewClientId = preview?.clientId;
    this.registerOutputs({
      clientId: this.clientId,
      principalId: this.principalId,
      previewClientId: this.previewClientId,
    });
  }

  private identity(name: string, args: AzureCiIdentityArgs, group: ResourceGroup, duty: IdentityDuty) {
    const { organization, environment, subscriptionId, location, stateContainerIds = {}, tags } = args;
    const resourceName = physicalName("managedIdentity", organization, environment, "ci", duty.purpose);
    const opts = { parent: this };
    const identity = new UserAssignedIdentity(
      name,
      { resourceGroupName: group.name, resourceName, location, tags: { ...tags } },
      opts,
    );
    this.trust(name, args.repository, group, identity, duty.contexts);
    const { principalId } = identity;
    for (const role of duty.roles) {
      const scope = `/subscriptions/${subscriptionId}`;
      assignRole(`${name}-${role}`, { subscriptionId, principalId, role, scope }, opts);
    }
    for (const [container, scope] of Object.entries(stateContainerIds)) {
      assignRole(`${name}-state-${container}`, { subscriptionId, principalId, role: duty.stateRole, scope }, opts);
    }
    return identity;
  }

  /**
   * Azure answers 409 to two credentials of one identity that are written at the same time, so each waits for the one
   * before. See https://github.com/pulumi/pulumi-azure-native/issues/4343.
   */
  private trust(
    name: string,
    repository: SubjectRepository,
    group: ResourceGroup,
    identity: UserAssignedIdentity,
    contexts: readonly SubjectContext[],
  ): void {
    let previous: FederatedIdentityCredential | undefined;
    for (const subject of contexts.flatMap((context) => oidcSubjects(repository, context))) {
      previous = new FederatedIdentityCredential(
        `${name}-trusts-${subject}`,
        {
          resourceGroupName: group.name,
          resourceName: identity.name,
          federatedIdentityCredentialResourceName: physicalName("federatedCredential", subject),
          issuer: `https://${githubIssuerHost}`,
          subject,
          audiences: [azureAudience],
        },
        { parent: this, ...(previous && { dependsOn: previous }) },
      );
    }
  }
}

interface IdentityDuty {
  readonly purpose: "preview" | "write";
  readonly contexts: readonly SubjectContext[];
  readonly roles: readonly BuiltInRole[];
  readonly stateRole: BuiltInRole;
}
