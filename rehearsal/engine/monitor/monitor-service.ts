import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
  LogSeverity,
  type LogRequest,
  type RequirePulumiVersionRequest,
  type SetRootResourceRequest,
} from "@pulumi/pulumi/proto/engine_pb";
import {
  GetRootResourceResponse,
  RequirePulumiVersionResponse,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import {
  SupportsFeatureResponse,
  type ReadResourceRequest,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  type ResourceCallRequest,
  type ResourceInvokeRequest,
  type SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { satisfies } from "semver";
import { version as sdkVersion } from "@pulumi/pulumi/version";
import type { Severity } from "../events/engine-event";
import type { EventReporter } from "../events/event-reporter";
import { downgradeOutputValues } from "../values/output-value";
import { mapValuesUnlessSame } from "../values/secret-value";
import { callMethod, invokeFunction } from "./invoke-function";
import type { Monitor } from "./monitor";
import type { Handler } from "./in-process-calls";
import { readResource } from "./read-resource";
import { registerResource } from "./register-resource";

/** What a program may rely on. Nothing is named here that is not there: the SDK then says itself what is missing. */
const FEATURES: ReadonlySet<string> = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "deletedWith",
  "replaceWith",
  "replacementTrigger",
  "transforms",
  "invokeTransforms",
]);

/** The methods of the resource monitor that the embedded engine has. */
export function monitorMethods(monitor: Monitor): Record<string, Handler> {
  return {
    supportsFeature: async (request: SupportsFeatureRequest) => {
      const response = new SupportsFeatureResponse();
      response.setHassupport(FEATURES.has(request.getId()));
      return response;
    },
    registerResource: async (request: RegisterResourceRequest) => {
      if (request.getRemote())
        throw new Error(
          `remote component ${request.getType()}: not supported by the embedded engine; use the real CLI`,
        );
      return registerResource(monitor, request);
    },
    readResource: (request: ReadResourceRequest) => readResource(monitor, request),
    invoke: (request: ResourceInvokeRequest) => invokeFunction(monitor, request),
    call: (request: ResourceCallRequest) => callMethod(monitor, request),
    registerResourceOutputs: async (request: RegisterResourceOutputsRequest) => {
      const urn = request.getUrn();
      const resolved = await monitor.programProperties(request.getOutputs());
      const outputs = mapValuesUnlessSame(resolved, downgradeOutputValues);
      await monitor.source.ask<void>((done) => ({ kind: "outputs", urn, outputs, done: () => done() }));
      return new Empty();
    },
    registerStackTransform: async (callback: Callback) => {
      monitor.transforms.addForStack(callback);
      return new Empty();
    },
    registerStackInvokeTransform: async (callback: Callback) => {
      monitor.transforms.addForInvokes(callback);
      return new Empty();
    },
    signalAndWaitForShutdown: async () => {
      await monitor.source.waitForShutdown();
      return new Empty();
    },
  };
}

const SEVERITIES: Readonly<Record<number, Severity>> = {
  [LogSeverity.DEBUG]: "debug",
  [LogSeverity.INFO]: "info",
  [LogSeverity.WARNING]: "warning",
  [LogSeverity.ERROR]: "error",
};

/** The methods of the engine service: messages of the program, and the stack's root resource. */
export function engineMethods(reporter: EventReporter): Record<string, Handler> {
  let root = "";
  return {
    log: async (request: LogRequest) => {
      const severity = SEVERITIES[request.getSeverity()] ?? "info";
      reporter.diagnose(
        severity,
        request.getUrn(),
        request.getMessage(),
        request.getStreamid(),
        request.getEphemeral(),
      );
      return new Empty();
    },
    getRootResource: async () => {
      const response = new GetRootResourceResponse();
      response.setUrn(root);
      return response;
    },
    setRootResource: async (request: SetRootResourceRequest) => {
      root = request.getUrn();
      return new SetRootResourceResponse();
    },
    requirePulumiVersion: async (request: RequirePulumiVersionRequest) => {
      const range = request.getPulumiVersionRange();
      if (!satisfies(sdkVersion, range)) {
        throw new Error(`Pulumi CLI version ${sdkVersion} does not satisfy the version range "${range}"`);
      }
      return new RequirePulumiVersionResponse();
    },
  };
}
