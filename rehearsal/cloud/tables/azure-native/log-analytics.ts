import { any, flag, integer, number, object, oneOf, text, type PropertySchemas } from "../../schema/property-schema";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { armId, grouped, inGroup, tracked, type AzureScope } from "./azure-scope";

/** Type token of a Log Analytics workspace. */
export const LOG_ANALYTICS = "azure-native:operationalinsights:Workspace";
const TYPE = "Microsoft.OperationalInsights/workspaces";

const access: PropertySchemas = {
  publicNetworkAccessForIngestion: oneOf(["Enabled", "Disabled", "SecuredByPerimeter"]),
  publicNetworkAccessForQuery: oneOf(["Enabled", "Disabled", "SecuredByPerimeter"]),
};

/**
 * A Log Analytics workspace.
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/log-analytics-workspace-overview
 */
export const logAnalyticsWorkspace: ResourceTypeTable<AzureScope> = {
  type: LOG_ANALYTICS,
  properties: {
    ...tracked,
    ...grouped,
    ...access,
    defaultDataCollectionRuleResourceId: text(),
    features: any(),
    forceCmkForQuery: flag(),
    identity: any(),
    retentionInDays: integer({ min: 7, max: 730 }),
    sku: object({
      capacityReservationLevel: integer({ min: 100 }),
      name: oneOf(
        ["Free", "Standard", "Premium", "PerNode", "PerGB2018", "Standalone", "CapacityReservation", "LACluster"],
        { required: true },
      ),
    }),
    workspaceCapping: object({ dailyQuotaGb: number({ min: -1 }) }),
    workspaceName: text({
      replace: true,
      inputOnly: true,
      minLength: 4,
      maxLength: 63,
      pattern: /^[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$/,
      meaning: "letters, digits and hyphens, beginning and ending with a letter or digit",
    }),
  },
  computed: {
    azureApiVersion: planned(() => "2025-07-01"),
    createdDate: once(({ now }) => now),
    customerId: once(({ uuid }) => uuid("customer")),
    modifiedDate: live(({ now }) => now),
    name: planned(({ inputs }) => inputs.workspaceName),
    provisioningState: live(() => "Succeeded"),
    type: planned(() => TYPE),
  },
  idOf: (context) => armId(context, TYPE, context.inputs.workspaceName),
  autoName: { property: "workspaceName", maxLength: 63, separator: "", digits: 8 },
  taken: (_, owner) => `Conflict: cannot create existing resource '${owner.id}'`,
  references: [inGroup],
};
