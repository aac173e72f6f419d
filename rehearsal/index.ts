export { CloudError } from "./cloud/cloud-error";
export type { CloudResource } from "./cloud/cloud-resource";
export type { CloudOperation, FaultRule } from "./cloud/faults";
export {
  azureModels,
  catalogModels,
  type EndpointAccess,
  type LiveEndpoint,
  type LiveEndpoints,
  type LiveSlot,
  readAzureEndpoint,
  readServingEndpoint,
  type RegisteredModel,
  serveEndpoints,
  type ServeOptions,
  type SlotMetrics,
} from "./cloud/live";
export { type CloudSeed, DEFAULT_SEED } from "./cloud/seed";
export { SimulatedCloud, type SimulatedCloudOptions } from "./cloud/simulated-cloud";
export type { SlotFault } from "./cloud/slot-fault";
export { embeddedEngine, type EmbeddedEngineOptions } from "./engine/embedded-engine";
export { PartialFailure } from "./engine/provider/partial-failure";
export type { Provider, ProviderSource } from "./engine/provider/provider";
export { type ServedProviders, serveProviders } from "./engine/provider-server/serve-providers";
export { type LauncherOptions, programLauncher } from "./program/launch-program";
export type {
  ProgramArguments,
  ProgramExit,
  ProgramLauncher,
  ProgramRequest,
  ProgramRun,
} from "./program/program-launcher";
export { MemoryProvider, type MemoryProviderOptions } from "./testing/memory-provider";
export type { MemoryResource, MemoryResourceType, OutputSource } from "./testing/memory-resource-type";
export { OperationFailure } from "./testing/operation-failure";
export type { RecordedOperation, RehearsalStack } from "./testing/rehearsal-stack";
export { rehearse, type RehearseOptions } from "./testing/rehearse";
export type { ResourceInState } from "./testing/stack-state";
export type { RecordedMessage, RecordedStep } from "./testing/step-recorder";
