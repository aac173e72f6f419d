import type { ServicePrincipal } from "@pulumi/databricks/servicePrincipal";
import { ServicePrincipalFederationPolicy } from "@pulumi/databricks/servicePrincipalFederationPolicy";
import { ServicePrincipalSecret } from "@pulumi/databricks/servicePrincipalSecret";
import type * as pulumi from "@pulumi/pulumi";
import { githubIssuerHost } from "../identity/github-trust-policy";
import { newestSecret, secretSlots } from "../identity/newest-secret";
import { oidcSubjects, type SubjectRepository } from "../identity/oidc-subject";

/** How CI logs in as its service principal. */
export type PrincipalLogin =
  /** As the identity or application that it has in Azure: no credential of its own. */
  | { readonly kind: "azure"; readonly applicationId: pulumi.Input<string>; readonly principalId: pulumi.Input<string> }
  /** With the tokens of GitHub's environment, which Databricks trusts directly. */
  | { readonly kind: "federation" }
  /** With a secret that Databricks makes; a change of the lifetime replaces both secrets at once. */
  | { readonly kind: "secret"; readonly secretLifetimeDays: number };

/** Whose login is set up. */
export interface PrincipalLoginArgs {
  readonly environment: string;
  readonly repository: SubjectRepository;
  readonly accountId: string;
  readonly login: PrincipalLogin;
  readonly principal: ServicePrincipal;
}

const secondsOfADay = 24 * 60 * 60;

/**
 * Sets up how CI logs in: federation policies, one a subject, or two secrets. Answers the newest secret, if there are any.
 * See https://learn.microsoft.com/en-us/azure/databricks/dev-tools/auth/oauth-federation-policy.
 */
export function principalLogin(
  name: string,
  { environment, repository, accountId, login, principal }: PrincipalLoginArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> | undefined {
  switch (login.kind) {
    case "azure":
      return undefined;
    case "federation":
      for (const subject of oidcSubjects(repository, { kind: "environment", name: environment })) {
        new ServicePrincipalFederationPolicy(
          `${name}-trusts-${subject}`,
          {
            servicePrincipalId: principal.id.apply(Number),
            oidcPolicy: { issuer: `https://${githubIssuerHost}`, subject, audiences: [accountId] },
          },
          opts,
        );
      }
      return undefined;
    case "secret": {
      const lifetime = `${login.secretLifetimeDays * secondsOfADay}s`;
      const slots = secretSlots.map((slot) => {
        const { secret: value, createTime: madeAt } = new ServicePrincipalSecret(
          `${name}-secret-${slot}`,
          { servicePrincipalId: principal.id, lifetime },
          { ...opts, additionalSecretOutputs: ["secret"] },
        );
        return { value, madeAt };
      });
      return newestSecret(slots);
    }
  }
}
