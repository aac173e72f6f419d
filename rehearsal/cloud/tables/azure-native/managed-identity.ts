import { text } from "../../schema/property-schema";
import { once, planned, type ResourceTypeTable } from "../table";
import { armId, grouped, inGroup, tracked, type AzureScope } from "./azure-scope";

/** Type token of a user-assigned managed identity. */
export const USER_ASSIGNED_IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";
const TYPE = "Microsoft.ManagedIdentity/userAssignedIdentities";

/** A managed identity: a principal that role assignments can name. */
export const userAssignedIdentity: ResourceTypeTable<AzureScope> = {
  type: USER_ASSIGNED_IDENTITY,
  properties: {
    ...tracked,
    ...grouped,
    resourceName: text({
      replace: true,
      inputOnly: true,
      minLength: 3,
      maxLength: 128,
      pattern: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
      meaning: "letters, digits, hyphens and underscores, beginning with a letter or digit",
    }),
  },
  computed: {
    azureApiVersion: planned(() => "2023-01-31"),
    clientId: once(({ uuid }) => uuid("client")),
    name: planned(({ inputs }) => inputs.resourceName),
    principalId: once(({ uuid }) => uuid("principal")),
    systemData: once(({ now }) => ({ createdAt: now, createdByType: "Application" })),
    tenantId: once(({ scope }) => scope.tenantId),
    type: planned(() => TYPE),
  },
  idOf: (context) => armId(context, TYPE, context.inputs.resourceName),
  autoName: { property: "resourceName", maxLength: 128, separator: "", digits: 8 },
  references: [inGroup],
};
