import { flag, list, number, object, oneOf, text, asText } from "../../schema/property-schema";
import { once, planned, type ResourceTypeTable } from "../table";
import type { DirectoryScope } from "./azuread-scope";

/** Type token of an application. */
export const APPLICATION = "azuread:index/application:Application";

const claims = list(
  object({ additionalProperties: list(text()), essential: flag(), name: text({ required: true }), source: text() }),
);

/**
 * An application of the directory. Names need not be unique, unless `preventDuplicateNames` says so.
 * @see https://learn.microsoft.com/graph/api/resources/application
 */
export const application: ResourceTypeTable<DirectoryScope> = {
  type: APPLICATION,
  properties: {
    api: object({
      knownClientApplications: list(text()),
      mappedClaimsEnabled: flag(),
      oauth2PermissionScopes: list(
        object({
          adminConsentDescription: text(),
          adminConsentDisplayName: text(),
          enabled: flag(),
          id: text({ required: true }),
          type: text(),
          userConsentDescription: text(),
          userConsentDisplayName: text(),
          value: text(),
        }),
      ),
      requestedAccessTokenVersion: number(),
    }),
    appRoles: list(
      object({
        allowedMemberTypes: list(text(), { required: true }),
        description: text({ required: true }),
        displayName: text({ required: true }),
        enabled: flag(),
        id: text({ required: true }),
        value: text(),
      }),
    ),
    description: text(),
    deviceOnlyAuthEnabled: flag(),
    displayName: text({ required: true, minLength: 1, maxLength: 256 }),
    fallbackPublicClientEnabled: flag(),
    featureTags: list(object({ customSingleSignOn: flag(), enterprise: flag(), gallery: flag(), hide: flag() })),
    groupMembershipClaims: list(text()),
    identifierUris: list(text()),
    logoImage: text(),
    marketingUrl: text(),
    notes: text(),
    oauth2PostResponseRequired: flag(),
    optionalClaims: object({ accessTokens: claims, idTokens: claims, saml2Tokens: claims }),
    owners: list(text()),
    password: object({
      displayName: text({ required: true }),
      endDate: text(),
      keyId: text(),
      startDate: text(),
      value: text({ secret: true }),
    }),
    preventDuplicateNames: flag(),
    privacyStatementUrl: text(),
    publicClient: object({ redirectUris: list(text()) }),
    requiredResourceAccesses: list(
      object({
        resourceAccesses: list(object({ id: text({ required: true }), type: text({ required: true }) }), {
          required: true,
        }),
        resourceAppId: text({ required: true }),
      }),
    ),
    serviceManagementReference: text(),
    signInAudience: oneOf([
      "AzureADMyOrg",
      "AzureADMultipleOrgs",
      "AzureADandPersonalMicrosoftAccount",
      "PersonalMicrosoftAccount",
    ]),
    singlePageApplication: object({ redirectUris: list(text()) }),
    supportUrl: text(),
    tags: list(text()),
    templateId: text({ replace: true }),
    termsOfServiceUrl: text(),
    web: object({
      homepageUrl: text(),
      implicitGrant: object({ accessTokenIssuanceEnabled: flag(), idTokenIssuanceEnabled: flag() }),
      logoutUrl: text(),
      redirectUris: list(text()),
    }),
  },
  computed: {
    clientId: once(({ uuid }) => uuid("client")),
    objectId: once(({ id }) => id.replace("/applications/", "")),
    publisherDomain: once(() => "rehearsal.onmicrosoft.com"),
    disabledByMicrosoft: once(() => ""),
    signInAudience: planned(({ inputs }) => inputs.signInAudience ?? "AzureADMyOrg"),
  },
  idOf: ({ uuid }) => `/applications/${uuid("object")}`,
  refuse: ({ id, inputs, scope, world }) => {
    if (inputs.preventDuplicateNames !== true) return undefined;
    const twin = world
      .find(APPLICATION, "displayName", inputs.displayName)
      .find((other) => other.id !== id && other.scope === scope.id);
    return twin && `an existing application was found with display name "${asText(inputs.displayName)}": ${twin.id}`;
  },
};
