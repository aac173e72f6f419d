import { createHash } from "node:crypto";
import { CloudError } from "../../cloud-error";
import { uuidOf } from "../../provider/uuid";
import { text } from "../../schema/property-schema";
import type { CloudSeed } from "../../seed";
import type { FunctionTable, VendorTable } from "../table";
import type { DirectoryScope } from "./azuread-scope";
import { DIRECTORY_SERVICE_PRINCIPAL } from "./service-principal";

/** Applications of Microsoft's own that every directory has, by the id that they have in all of them. */
const FIRST_PARTY = { AzureDatabricks: "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d" };

/** A service principal of the directory, by one of its ids or its name. */
export const getServicePrincipal: FunctionTable<DirectoryScope> = {
  token: "azuread:index/getServicePrincipal:getServicePrincipal",
  args: { clientId: text(), displayName: text(), objectId: text() },
  answer: (args, { scope, world }) => {
    const [[attribute, value] = [], ...others] = Object.entries(args);
    if (attribute === undefined || others.length > 0) {
      throw new CloudError('one of "client_id", "display_name" and "object_id" must be specified');
    }
    const found = world
      .find(DIRECTORY_SERVICE_PRINCIPAL, attribute, value)
      .find((principal) => principal.scope === scope.id);
    if (found === undefined) {
      throw new CloudError(
        `No service principal found matching ${attribute}: ${JSON.stringify(value)} in tenant ${scope.tenantId}`,
      );
    }
    return { ...found.outputs, clientId: found.inputs.clientId ?? null, id: found.id };
  },
};

/** The service principals that the directories have of Microsoft's applications: other ones in each directory. */
export function seededPrincipals(seed: CloudSeed): ReturnType<NonNullable<VendorTable["seeded"]>> {
  const tenants = [...new Set(seed.azure.subscriptions.map(({ tenantId }) => tenantId))];
  return tenants.flatMap((tenantId) =>
    Object.entries(FIRST_PARTY).map(([displayName, clientId]) => {
      const objectId = uuidOf(createHash("sha256").update(`${tenantId}\n${clientId}`).digest("hex"));
      const outputs = {
        accountEnabled: true,
        clientId,
        displayName,
        objectId,
        servicePrincipalNames: [clientId],
        type: "Application",
      };
      const id = `/servicePrincipals/${objectId}`;
      return { scope: `azuread:${tenantId}`, type: DIRECTORY_SERVICE_PRINCIPAL, id, inputs: { clientId }, outputs };
    }),
  );
}
