import { flag, list, object, oneOf, text, asText } from "../../schema/property-schema";
import { once, planned, type ResourceTypeTable } from "../table";
import { APPLICATION } from "./application";
import type { DirectoryScope } from "./azuread-scope";

/** Type token of the service principal of an application. */
export const DIRECTORY_SERVICE_PRINCIPAL = "azuread:index/servicePrincipal:ServicePrincipal";

/**
 * What an application is in a directory: the principal that role assignments name.
 * @see https://learn.microsoft.com/graph/api/resources/serviceprincipal
 */
export const directoryServicePrincipal: ResourceTypeTable<DirectoryScope> = {
  type: DIRECTORY_SERVICE_PRINCIPAL,
  properties: {
    accountEnabled: flag(),
    alternativeNames: list(text()),
    appRoleAssignmentRequired: flag(),
    clientId: text({ required: true, replace: true }),
    description: text(),
    featureTags: list(object({ customSingleSignOn: flag(), enterprise: flag(), gallery: flag(), hide: flag() })),
    features: list(
      object({
        customSingleSignOnApp: flag(),
        enterpriseApplication: flag(),
        galleryApplication: flag(),
        visibleToUsers: flag(),
      }),
    ),
    loginUrl: text(),
    notes: text(),
    notificationEmailAddresses: list(text()),
    owners: list(text()),
    preferredSingleSignOnMode: oneOf(["oidc", "password", "saml", "notSupported"]),
    samlSingleSignOn: object({ relayState: text() }),
    tags: list(text()),
    useExisting: flag(),
  },
  computed: {
    accountEnabled: planned(({ inputs }) => inputs.accountEnabled ?? true),
    applicationTenantId: once(({ scope }) => scope.tenantId),
    displayName: once(
      ({ inputs, world }) => world.find(APPLICATION, "clientId", inputs.clientId)[0]?.outputs.displayName,
    ),
    objectId: once(({ id }) => id.replace("/servicePrincipals/", "")),
    servicePrincipalNames: once(({ inputs }) => [asText(inputs.clientId)]),
    signInAudience: once(() => "AzureADMyOrg"),
    type: once(() => "Application"),
  },
  idOf: ({ uuid }) => `/servicePrincipals/${uuid("object")}`,
  refuse: ({ id, inputs, world }) => {
    const twin = world.find(DIRECTORY_SERVICE_PRINCIPAL, "clientId", inputs.clientId).find((other) => other.id !== id);
    return (
      twin &&
      `409 Request_MultipleObjectsWithSameKeyValue: The service principal cannot be created: ${twin.id} has the application ${asText(inputs.clientId)} already`
    );
  },
  references: [
    {
      property: "clientId",
      types: [APPLICATION],
      attributes: ["clientId"],
      missing: (clientId) =>
        `400 NoBackingApplicationObject: When using this permission, the backing application of the service principal being created must in the local tenant: ${clientId}`,
      onDelete: "cascade",
    },
  ],
};
