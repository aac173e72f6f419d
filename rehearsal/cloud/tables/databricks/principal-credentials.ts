import { flag, integer, list, object, oneOf, text, asText } from "../../schema/property-schema";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { accountOf, numberFrom, ofServicePrincipal, onlyAt, providerConfig } from "./databricks-properties";
import type { DatabricksContext, DatabricksScope } from "./databricks-scope";
import { notAssigned } from "./workspace-access";

const SECRET = "databricks:index/servicePrincipalSecret:ServicePrincipalSecret";
const GIT_CREDENTIAL = "databricks:index/gitCredential:GitCredential";
const FEDERATION_POLICY = "databricks:index/servicePrincipalFederationPolicy:ServicePrincipalFederationPolicy";

/** Two years in seconds, which a secret is valid that says nothing else. */
const LIFETIME = 63_072_000;
/** Most secrets and most policies of a service principal. */
const [MOST_SECRETS, MOST_POLICIES] = [5, 20];

/**
 * The tokens with which a workload may act as a service principal.
 * @see https://learn.microsoft.com/azure/databricks/dev-tools/auth/oauth-federation-policy
 */
export const federationPolicy: ResourceTypeTable<DatabricksScope> = {
  type: FEDERATION_POLICY,
  properties: {
    description: text(),
    oidcPolicy: object({
      audiences: list(text()),
      issuer: text(),
      jwksJson: text(),
      jwksUri: text(),
      subject: text(),
      subjectClaim: text(),
    }),
    policyId: text({
      replace: true,
      pattern: /^[a-z0-9-]{1,63}$/,
      meaning: "at most 63 lower case letters, digits and hyphens",
    }),
    servicePrincipalId: integer({ replace: true }),
  },
  computed: {
    createTime: once(({ now }) => now),
    name: once(
      (context) =>
        `accounts/${accountOf(context) ?? ""}/servicePrincipals/${asText(context.inputs.servicePrincipalId)}/federationPolicies/${policyIdOf(context)}`,
    ),
    policyId: once(policyIdOf),
    uid: once(({ uuid }) => uuid("uid")),
    updateTime: live(({ now }) => now),
  },
  idOf: (context) => `${asText(context.inputs.servicePrincipalId)},${policyIdOf(context)}`,
  rules: ({ oidcPolicy }) =>
    oidcPolicy === undefined ? [{ property: "oidcPolicy", reason: "is required and was not given" }] : [],
  refuse: (context) => {
    const { id, inputs, world } = context;
    const principal = asText(inputs.servicePrincipalId);
    const others = world.find(FEDERATION_POLICY, "servicePrincipalId", principal).filter((other) => other.id !== id);
    if (others.length >= MOST_POLICIES) {
      return `400 RESOURCE_LIMIT_EXCEEDED: service principal ${principal} has ${MOST_POLICIES} federation policies already`;
    }
    return onlyAt("account")(context);
  },
  references: [ofServicePrincipal("servicePrincipalId")],
};

/**
 * A secret of a service principal. It may have several at once.
 * @see https://docs.databricks.com/api/azure/account/serviceprincipalsecrets/create
 */
export const servicePrincipalSecret: ResourceTypeTable<DatabricksScope> = {
  type: SECRET,
  properties: {
    api: oneOf(["account", "workspace"]),
    createTime: text(),
    expireTime: text(),
    lifetime: text({ replace: true, pattern: /^\d+s$/, meaning: "seconds such as 63072000s" }),
    providerConfig,
    secret: text({ secret: true }),
    secretHash: text(),
    servicePrincipalId: text({ required: true, replace: true }),
    servicePrincipalSecretId: text(),
    status: text(),
    timeRotating: text({ replace: true }),
    updateTime: text(),
  },
  computed: {
    createTime: once(({ inputs, now }) => inputs.createTime ?? now),
    expireTime: once(({ inputs, now }) => inputs.expireTime ?? expiry(inputs.lifetime, now)),
    lifetime: once(({ inputs }) => inputs.lifetime ?? `${LIFETIME}s`),
    // The moment too: a secret that is made after another was deleted has to be another one.
    secret: { ...once(({ inputs, hex, now }) => inputs.secret ?? `dose${hex(`secret ${now}`, 32)}`), secret: true },
    secretHash: once(({ hex }) => hex("hash", 64)),
    servicePrincipalSecretId: once(({ id }) => id),
    status: once(() => "ACTIVE"),
    updateTime: once(({ now }) => now),
  },
  idOf: ({ uuid, now }) => uuid(`id ${now}`),
  refuse: ({ id, inputs, world }) => {
    const others = world
      .find(SECRET, "servicePrincipalId", inputs.servicePrincipalId)
      .filter((other) => other.id !== id);
    return others.length >= MOST_SECRETS
      ? `400 RESOURCE_LIMIT_EXCEEDED: service principal ${asText(inputs.servicePrincipalId)} has ${MOST_SECRETS} secrets already`
      : undefined;
  },
  references: [ofServicePrincipal("servicePrincipalId")],
};

/**
 * With what a principal reaches a Git provider: that of the caller, or of the service principal that it names.
 * @see https://docs.databricks.com/api/azure/workspace/gitcredentials
 */
export const gitCredential: ResourceTypeTable<DatabricksScope> = {
  type: GIT_CREDENTIAL,
  properties: {
    force: flag(),
    gitEmail: text(),
    gitProvider: text({ required: true }),
    gitUsername: text(),
    isDefaultForProvider: flag(),
    name: text(),
    personalAccessToken: text({ secret: true }),
    principalId: text({ replace: true }),
    providerConfig,
  },
  computed: { name: planned(({ inputs }) => inputs.name ?? inputs.gitProvider) },
  idOf: (context) => numberFrom(context, "git credential"),
  rules: ({ gitProvider, personalAccessToken }) =>
    personalAccessToken === undefined && gitProvider !== "azureDevOpsServicesAad"
      ? [{ property: "personalAccessToken", reason: "is required, unless gitProvider is azureDevOpsServicesAad" }]
      : [],
  refuse: (context) =>
    onlyAt("workspace")(context) ?? notAssigned(context, context.inputs.principalId) ?? twin(context),
  references: [ofServicePrincipal("principalId")],
};

function twin({ id, inputs, scope, world }: DatabricksContext): string | undefined {
  const other = world
    .find(GIT_CREDENTIAL, "gitProvider", inputs.gitProvider)
    .find(
      (known) =>
        known.id !== id && known.scope === scope.id && asText(known.inputs.principalId) === asText(inputs.principalId),
    );
  return other && inputs.force !== true
    ? `400 RESOURCE_CONFLICT: Only one Git credential is supported for the provider ${asText(inputs.gitProvider)} at this time: ${other.id}; set force to replace it`
    : undefined;
}

function policyIdOf({ inputs, prior, uuid }: DatabricksContext): string {
  return asText(inputs.policyId ?? prior?.policyId ?? uuid("policy"));
}

function expiry(lifetime: unknown, now: string): string {
  const seconds = typeof lifetime === "string" ? Number.parseInt(lifetime, 10) : LIFETIME;
  return new Date(Date.parse(now) + seconds * 1000).toISOString();
}
