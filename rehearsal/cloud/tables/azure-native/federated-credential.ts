import { list, text, asText } from "../../schema/property-schema";
import { once, planned, type Reference, type ResourceTypeTable } from "../table";
import { armId, grouped, inGroup, type AzureScope } from "./azure-scope";
import { USER_ASSIGNED_IDENTITY } from "./managed-identity";

const FEDERATED_CREDENTIAL = "azure-native:managedidentity:FederatedIdentityCredential";
const IDENTITY = "Microsoft.ManagedIdentity/userAssignedIdentities";

/** Most credentials that an identity has. */
const LIMIT = 20;

const ofIdentity: Reference = {
  property: "resourceName",
  types: [USER_ASSIGNED_IDENTITY],
  attributes: ["name"],
  missing: (name) =>
    `ParentResourceNotFound: Failed to perform 'write' on resource: the parent '${IDENTITY}/${name}' could not be found.`,
  onDelete: "cascade",
};

/**
 * What a managed identity trusts: the tokens of an issuer with exactly this subject. Azure refuses a write while another
 * credential of the same identity is being written.
 * @see https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 * @see https://github.com/pulumi/pulumi-azure-native/issues/4343
 */
export const federatedCredential: ResourceTypeTable<AzureScope> = {
  type: FEDERATED_CREDENTIAL,
  properties: {
    ...grouped,
    audiences: list(text({ minLength: 1, maxLength: 600 }), { required: true, minItems: 1, maxItems: 1 }),
    federatedIdentityCredentialResourceName: text({
      replace: true,
      inputOnly: true,
      minLength: 3,
      maxLength: 120,
      pattern: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
      meaning: "letters, digits, hyphens and underscores, beginning with a letter or digit",
    }),
    issuer: text({
      required: true,
      maxLength: 600,
      pattern: /^https:\/\/[^?#]+$/,
      meaning: "a URL that begins with https:// and has no query",
    }),
    resourceName: text({ required: true, replace: true, inputOnly: true }),
    subject: text({
      required: true,
      maxLength: 600,
      pattern: /^[^*]+$/,
      meaning: "the exact subject of a token: wildcards are not supported",
    }),
  },
  computed: {
    azureApiVersion: planned(() => "2023-01-31"),
    name: planned(({ inputs }) => inputs.federatedIdentityCredentialResourceName),
    systemData: once(({ now }) => ({ createdAt: now, createdByType: "Application" })),
    type: planned(() => `${IDENTITY}/federatedIdentityCredentials`),
  },
  idOf: (context) => {
    const { resourceName, federatedIdentityCredentialResourceName: name } = context.inputs;
    return `${armId(context, IDENTITY, resourceName)}/federatedIdentityCredentials/${asText(name)}`;
  },
  autoName: { property: "federatedIdentityCredentialResourceName", maxLength: 120, separator: "", digits: 8 },
  oneWriteAtATime: {
    of: ({ resourceGroupName, resourceName }) => `${asText(resourceGroupName)}/${asText(resourceName)}`,
    conflict: (identity) =>
      "409 ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity: Too many Federated Identity Credentials " +
      `are written concurrently for the managed identity '${identity}'. Concurrent Federated Identity Credentials writes ` +
      "under the same managed identity are not supported.",
  },
  refuse: ({ id, inputs, world }) => {
    const others = world
      .find(FEDERATED_CREDENTIAL, "resourceName", inputs.resourceName)
      .filter((other) => other.id !== id && other.inputs.resourceGroupName === inputs.resourceGroupName);
    const twin = others.find(
      (other) => other.inputs.issuer === inputs.issuer && other.inputs.subject === inputs.subject,
    );
    if (twin) {
      return `BadRequest: Issuer and subject combination already exists for this Managed Identity: '${twin.id}'`;
    }
    return others.length >= LIMIT
      ? `BadRequest: The number of federated identity credentials exceeded the limit of ${LIMIT} for the managed identity '${asText(inputs.resourceName)}'`
      : undefined;
  },
  references: [inGroup, ofIdentity],
};
