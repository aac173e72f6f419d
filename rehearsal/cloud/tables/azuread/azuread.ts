import { flag, text } from "../../schema/property-schema";
import type { VendorTable } from "../table";
import { application } from "./application";
import { applicationPassword } from "./application-password";
import { directoryScopeOf, type DirectoryScope } from "./azuread-scope";
import { getServicePrincipal, seededPrincipals } from "./get-service-principal";
import { directoryServicePrincipal } from "./service-principal";

/** Microsoft Entra, the directory of Azure. */
export const azuread: VendorTable<DirectoryScope> = {
  name: "azuread",
  version: "6.9.1",
  fileFor: () => "a file of rehearsal/cloud/tables/azuread/, and list it in azuread.ts",
  config: {
    adoPipelineServiceConnectionId: text(),
    clientCertificate: text({ secret: true }),
    clientCertificatePassword: text({ secret: true }),
    clientCertificatePath: text(),
    clientId: text(),
    clientIdFilePath: text(),
    clientSecret: text({ secret: true }),
    clientSecretFilePath: text(),
    disableTerraformPartnerId: flag(),
    environment: text(),
    metadataHost: text(),
    msiEndpoint: text(),
    oidcRequestToken: text({ secret: true }),
    oidcRequestUrl: text(),
    oidcToken: text({ secret: true }),
    oidcTokenFilePath: text(),
    partnerId: text(),
    tenantId: text(),
    useAksWorkloadIdentity: flag(),
    useCli: flag(),
    useMsi: flag(),
    useOidc: flag(),
  },
  scopeOf: directoryScopeOf,
  resources: [application, directoryServicePrincipal, applicationPassword],
  functions: [getServicePrincipal],
  seeded: seededPrincipals,
};
