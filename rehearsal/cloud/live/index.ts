export { type LiveEndpoint, models, readEndpoint, type RegisteredModel, type LiveSlot } from "./live-endpoint";
export { type EndpointAccess, type LiveEndpoints, serveEndpoints, type ServeOptions } from "./serve-endpoints";
export type { SlotMetrics } from "./slot-metrics";
