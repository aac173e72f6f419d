import { Application } from "@pulumi/azuread/application";
import { ApplicationPassword } from "@pulumi/azuread/applicationPassword";
import { ServicePrincipal } from "@pulumi/azuread/servicePrincipal";
import * as pulumi from "@pulumi/pulumi";
import { assignRole } from "../azure/assign-role";
import type { BuiltInRole } from "../azure/built-in-roles";
import { physicalName } from "../naming";
import { newestSecret, secretSlots } from "./newest-secret";

/** What the application of an environment may do. */
export interface AzureCiApplicationArgs {
  /** First part of its name: `{organization}-{environment}-ci`. */
  readonly organization: string;
  readonly environment: string;
  readonly subscriptionId: string;
  /** Roles of the application on the subscription. Nothing is implied. */
  readonly roles: readonly BuiltInRole[];
  /** ARM ids of containers whose blobs it reads and writes. @default none */
  readonly stateContainerIds?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Days that a secret is valid; a change replaces both secrets at once. @default two years, as Entra has it */
  readonly secretLifetimeDays?: number;
}

/**
 * An application of Microsoft Entra with secrets, for CI that has no OIDC. It has two secrets, of which the newest is
 * published, so that one is valid while the other is replaced.
 */
export class AzureCiApplication extends pulumi.ComponentResource {
  readonly clientId: pulumi.Output<string>;
  readonly principalId: pulumi.Output<string>;
  /** The newest of the two secrets; a secret. */
  readonly clientSecret: pulumi.Output<string>;

  constructor(name: string, args: AzureCiApplicationArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:identity:AzureCiApplication", name, {}, opts);
    const { organization, environment, subscriptionId, roles, stateContainerIds = {} } = args;
    const children = { parent: this };
    const application = new Application(
      `${name}-application`,
      {
        displayName: physicalName("managedIdentity", organization, environment, "ci"),
        signInAudience: "AzureADMyOrg",
        preventDuplicateNames: true,
      },
      children,
    );
    const principal = new ServicePrincipal(`${name}-principal`, { clientId: application.clientId }, children);
    const principalId = principal.objectId;
    for (const role of roles) {
      const scope = `/subscriptions/${subscriptionId}`;
      assignRole(`${name}-${role}`, { subscriptionId, principalId, role, scope }, children);
    }
    for (const [container, scope] of Object.entries(stateContainerIds)) {
      const role = "Storage Blob Data Contributor";
      assignRole(`${name}-state-${container}`, { subscriptionId, principalId, role, scope }, children);
    }

    this.clientId = application.clientId;
    this.principalId = principalId;
    this.clientSecret = this.secret(name, application, args);
    this.registerOutputs({
      clientId: this.clientId,
      principalId: this.principalId,
      clientSecret: this.clientSecret,
    });
  }

  private secret(name: string, application: Application, { secretLifetimeDays }: AzureCiApplicationArgs) {
    // Deprecated in favour of an absolute end, which a program without a clock cannot compute.
    const validity = secretLifetimeDays === undefined ? {} : { endDateRelative: `${secretLifetimeDays * 24}h` };
    const slots = secretSlots.map((slot) => {
      const displayName = `trunkline ${slot}`;
      const { value, startDate: madeAt } = new ApplicationPassword(
        `${name}-secret-${slot}`,
        { applicationId: application.id, displayName, ...validity },
        { parent: this, additionalSecretOutputs: ["value"] },
      );
      return { value, madeAt };
    });
    return newestSecret(slots);
  }
}
