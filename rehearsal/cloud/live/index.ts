export { azureModels, azureQuota, readAzureEndpoint } from "./azure-endpoint";
export { catalogModels, readServingEndpoint } from "./databricks-endpoint";
export type { LiveEndpoint, RegisteredModel, LiveSlot } from "./live-endpoint";
export { type EndpointAccess, type LiveEndpoints, serveEndpoints, type ServeOptions } from "./serve-endpoints";
export { type PlatformName, SERVED_PLATFORMS } from "./served-platform";
export type { SlotMetrics } from "./slot-metrics";
