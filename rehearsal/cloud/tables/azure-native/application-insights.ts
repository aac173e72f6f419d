import { flag, integer, number, oneOf, text, asText } from "../../schema/property-schema";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { armId, grouped, inGroup, tracked, type AzureScope } from "./azure-scope";

/** Type token of an Application Insights component. */
export const INSIGHTS = "azure-native:applicationinsights:Component";
const TYPE = "Microsoft.Insights/components";

const access = oneOf(["Enabled", "Disabled"]);

/**
 * An Application Insights component, whose data lies in a Log Analytics workspace.
 * @see https://learn.microsoft.com/azure/azure-monitor/app/create-workspace-resource
 */
export const applicationInsights: ResourceTypeTable<AzureScope> = {
  type: INSIGHTS,
  properties: {
    ...tracked,
    ...grouped,
    applicationType: oneOf(["web", "other"], { required: true, replace: true }),
    disableIpMasking: flag(),
    disableLocalAuth: flag(),
    flowType: oneOf(["Bluefield"]),
    forceCustomerStorageForProfiler: flag(),
    hockeyAppId: text(),
    immediatePurgeDataOn30Days: flag(),
    ingestionMode: oneOf(["ApplicationInsights", "ApplicationInsightsWithDiagnosticSettings", "LogAnalytics"]),
    kind: text({ required: true }),
    publicNetworkAccessForIngestion: access,
    publicNetworkAccessForQuery: access,
    requestSource: oneOf(["rest"]),
    resourceName: text({ replace: true, inputOnly: true, minLength: 1, maxLength: 260 }),
    retentionInDays: integer({ min: 30, max: 730 }),
    samplingPercentage: number({ min: 0, max: 100 }),
    workspaceResourceId: text({ ignoreCase: true }),
  },
  computed: {
    appId: once(({ uuid }) => uuid("app")),
    applicationId: planned(({ inputs }) => inputs.resourceName),
    azureApiVersion: planned(() => "2020-02-02"),
    connectionString: once(
      ({ uuid, inputs }) => `InstrumentationKey=${uuid("key")};Name=${asText(inputs.resourceName)}`,
    ),
    creationDate: once(({ now }) => now),
    instrumentationKey: once(({ uuid }) => uuid("key")),
    name: planned(({ inputs }) => inputs.resourceName),
    provisioningState: live(() => "Succeeded"),
    tenantId: once(({ scope }) => scope.tenantId),
    type: planned(() => TYPE),
  },
  idOf: (context) => armId(context, TYPE, context.inputs.resourceName),
  autoName: { property: "resourceName", maxLength: 260, separator: "", digits: 8 },
  references: [inGroup],
  refuse: ({ inputs, world }) =>
    inputs.workspaceResourceId !== undefined && world.findId(asText(inputs.workspaceResourceId)) === undefined
      ? `BadRequest: The workspace '${asText(inputs.workspaceResourceId)}' does not exist`
      : undefined,
};
