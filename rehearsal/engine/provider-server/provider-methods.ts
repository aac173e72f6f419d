import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Provider } from "../provider/provider";
import type { PropertyMap } from "../values/property-value";
import { fromStruct } from "../values/struct-codec";
import { checkResponse, diffResponse, withResult } from "./provider-answers";
import { CallRefused } from "./provider-status";
import { check, checked, compared, create, diff, read, remove, update } from "./resource-methods";

/** Answers one method of the service for the provider of a connection. */
export type ProviderMethod = (provider: Provider, request: never) => Promise<unknown>;

/**
 * Every method of `pulumirpc.ResourceProvider`.
 * @see https://github.com/pulumi/pulumi/blob/master/proto/pulumi/provider.proto
 */
export const PROVIDER_METHODS: Readonly<Record<string, ProviderMethod>> = {
  // A provider tells its features when it is configured; an engine asks there once it is told that there is no handshake.
  handshake: async () => unimplemented("handshake: the answer to Configure tells what the provider can do"),
  parameterize: async () => unimplemented("parameters: use the package itself"),
  getSchema,
  checkConfig,
  diffConfig,
  configure,
  invoke,
  call,
  check,
  diff,
  create,
  read,
  update,
  delete: remove,
  list: async () => unimplemented("lists of resources: read them one by one"),
  construct: async () => unimplemented("components: they belong into the program"),
  cancel: async (provider) => {
    await provider.cancel?.();
    return new Empty();
  },
  getPluginInfo: async ({ version }) => {
    const info = new PluginInfo();
    info.setVersion(version);
    return info;
  },
  // The provider logs nothing and so has no use for the engine's address.
  attach: async () => new Empty(),
  // There are no mappings from providers of other tools.
  getMapping: async () => new rpc.GetMappingResponse(),
  getMappings: async () => new rpc.GetMappingsResponse(),
};

async function getSchema({ name, version }: Provider, request: rpc.GetSchemaRequest): Promise<rpc.GetSchemaResponse> {
  if (request.getVersion() !== 0) {
    const message = `schema version ${request.getVersion()} is not known, only 0 is`;
    throw new CallRefused(grpc.status.INVALID_ARGUMENT, message);
  }
  if (request.getSubpackageName()) unimplemented("subpackages: use the package itself");
  const response = new rpc.GetSchemaResponse();
  response.setSchema(JSON.stringify({ name, version }));
  return response;
}

async function checkConfig(provider: Provider, request: rpc.CheckRequest): Promise<rpc.CheckResponse> {
  if (!provider.checkConfig) unimplemented("check of its configuration: any will do");
  return checkResponse(await provider.checkConfig(checked(request)));
}

async function diffConfig(provider: Provider, request: rpc.DiffRequest): Promise<rpc.DiffResponse> {
  if (!provider.diffConfig) unimplemented("comparison of configurations");
  return diffResponse(await provider.diffConfig(compared(request)));
}

async function configure(provider: Provider, request: rpc.ConfigureRequest): Promise<rpc.ConfigureResponse> {
  const features = await provider.configure(request.hasArgs() ? fromStruct(request.getArgs()) : variablesOf(request));
  const response = new rpc.ConfigureResponse();
  response.setAcceptsecrets(features.acceptSecrets ?? false);
  response.setAcceptresources(features.acceptResources ?? false);
  response.setSupportspreview(features.supportsPreview ?? false);
  return response;
}

/** The form of old engines: texts by `<package>:config:<key>`. */
function variablesOf(request: rpc.ConfigureRequest): PropertyMap {
  const config: PropertyMap = {};
  request.getVariablesMap().forEach((value, key) => {
    config[key.slice(key.lastIndexOf(":") + 1)] = value;
  });
  return config;
}

async function invoke(provider: Provider, request: rpc.InvokeRequest): Promise<rpc.InvokeResponse> {
  const result = await provider.invoke({ token: request.getTok(), args: fromStruct(request.getArgs()) });
  return withResult(new rpc.InvokeResponse(), result);
}

async function call(provider: Provider, request: rpc.CallRequest): Promise<rpc.CallResponse> {
  if (!provider.call) unimplemented(`methods of resources, such as ${request.getTok()}`);
  const result = await provider.call({ token: request.getTok(), args: fromStruct(request.getArgs()) });
  return withResult(new rpc.CallResponse(), result);
}

function unimplemented(what: string): never {
  throw new CallRefused(grpc.status.UNIMPLEMENTED, `this provider has no ${what}`);
}
