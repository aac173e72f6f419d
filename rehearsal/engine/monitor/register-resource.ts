import * as grpc from "@grpc/grpc-js";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
  RegisterResourceResponse,
  Result,
  type RegisterResourceRequest,
  type TransformResourceOptions,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Goal } from "../deployment/goal";
import { isDeniedDefaultProvider, parseProviderReference } from "../deployment/provider-reference";
import type { RegisterResult } from "../deployment/source-event";
import { isProviderType, packageOf } from "../deployment/urn";
import {
  asOutputValues,
  downgradeOutputValues,
  outputDependencies,
  upgradeToOutputValue,
} from "../values/output-value";
import type { PropertyMap, PropertyValue } from "../values/property-value";
import { mapValuesUnlessSame } from "../values/secret-value";
import { fromValue, toStruct } from "../values/struct-codec";
import { containsUnknowns } from "../values/unknown-value";
import type { Monitor } from "./monitor";
import { forProgram } from "./program-values";
import { aliasOf, optionsOf, timeoutsOf } from "./register-options";
import { sourcePlace } from "./source-positions";

/** Serves a registration: the program waits for the answer until the resource is what it asked for. */
export async function registerResource(
  monitor: Monitor,
  request: RegisterResourceRequest,
): Promise<RegisterResourceResponse> {
  const own = request.getTransformsList();
  const goal = await goalOf(monitor, request, own);
  const result = await monitor.source.ask<RegisterResult>((done) => ({ kind: "register", goal: goal.goal, done }));
  if (result.result !== "success" && !request.getSupportsresultreporting())
    throw new Error("resource registration failed");
  const { urn } = result.state;
  monitor.goals.set(urn, goal.goal);
  monitor.transforms.remember(urn, request.getParent(), own);
  if (!request.getCustom()) monitor.componentProviders.set(urn, new Map(goal.options.getProvidersMap().entries()));
  return responseOf(request, result);
}

function responseOf(
  request: RegisterResourceRequest,
  { state, result, unknown }: RegisterResult,
): RegisterResourceResponse {
  // A component's old outputs may refer to resources that this program has not registered yet.
  let outputs: PropertyMap = request.getCustom() ? (state.outputs ?? {}) : {};
  if (!request.getSupportspartialvalues()) {
    outputs = Object.fromEntries(Object.entries(outputs).filter(([, value]) => !containsUnknowns(value)));
  }
  const accepted = { secrets: request.getAcceptsecrets(), resources: request.getAcceptresources() };
  const response = new RegisterResourceResponse();
  response.setUrn(state.urn);
  response.setId(unknown ? "" : (state.id ?? ""));
  response.setObject(toStruct(forProgram(outputs, accepted)));
  response.setResult(result === "success" ? Result.SUCCESS : result === "failed" ? Result.FAIL : Result.SKIP);
  return response;
}

async function goalOf(
  monitor: Monitor,
  request: RegisterResourceRequest,
  own: readonly Callback[],
): Promise<{ goal: Goal; options: TransformResourceOptions }> {
  const name = request.getName();
  const type = request.getType();
  const custom = request.getCustom();
  const parent = request.getParent();
  if (custom && type.split(":").length !== 3)
    throw Object.assign(new Error(`Type '${type}' is not a valid type token (must have format '*:*:*')`), {
      code: grpc.status.INVALID_ARGUMENT,
    });
  inheritOptions(monitor, request);
  const given = await monitor.programProperties(request.getObject());
  const listed = listedDependencies(request, given);
  const provider = custom
    ? monitor.resolveProvider(request.getProvider(), request.getProvidersMap(), parent, packageOf(type))
    : request.getProvider();
  const applicable = monitor.transforms.applicable(parent, own);
  const upgraded = applicable.length > 0 ? mapValuesUnlessSame(given, asOutputValues) : given;
  const { properties, options } = await monitor.transforms.apply(
    applicable,
    { name, type, custom, parent },
    {
      properties: own.length > 0 ? withDependencies(upgraded, listed) : upgraded,
      options: optionsOf(request, provider),
    },
  );
  if (!custom) monitor.inheritProviders(parent, options);
  const managed = custom && !isProviderType(type);
  const reference = managed ? await monitor.providerReference(type, options) : "";
  // What a parent's or the stack's transform says of `dependsOn` counts only beside one of the resource's own, as in the
  // CLI's engine.
  const transformed = own.length > 0;
  const dependsOn = transformed ? options.getDependsOnList() : request.getDependenciesList();
  const dependencies = dependenciesAfter(transformed, dependsOn, properties, listed);
  const inputs = downgraded(properties);
  if (isProviderType(type)) setProviderVersion(inputs, options, monitor.defaultVersion(type));
  const trigger = options.getReplacementTrigger();
  const goal: Goal = {
    type,
    name,
    custom,
    properties: inputs,
    parent,
    protect: options.hasProtect() ? options.getProtect() : undefined,
    dependencies: dependencies.all,
    provider: reference,
    propertyDependencies: dependencies.byProperty,
    deleteBeforeReplace: options.hasDeleteBeforeReplace() ? options.getDeleteBeforeReplace() : undefined,
    ignoreChanges: options.getIgnoreChangesList(),
    additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    aliases: options.getAliasesList().map((alias) => aliasOf(alias, request.getAliasspecs())),
    importId: options.getImport(),
    customTimeouts: timeoutsOf(options.getCustomTimeouts()),
    replaceOnChanges: options.getReplaceOnChangesList(),
    replacementTrigger: trigger && downgradeOutputValues(fromValue(trigger)),
    retainOnDelete: options.hasRetainOnDelete() ? options.getRetainOnDelete() : undefined,
    deletedWith: options.getDeletedWith(),
    replaceWith: options.getReplaceWithList(),
    hideDiff: options.getHideDiffList(),
    ...sourcePlace(monitor.projectRoot, request),
  };
  return { goal, options };
}

/** A child takes over what its parent's options say of deletion and protection. */
function inheritOptions(monitor: Monitor, request: RegisterResourceRequest): void {
  const parent = monitor.goals.get(request.getParent());
  if (!parent) return;
  if (!request.getDeletedwith()) request.setDeletedwith(parent.deletedWith);
  if (!request.hasProtect() && parent.protect !== undefined) request.setProtect(parent.protect);
  if (!request.hasRetainondelete() && parent.retainOnDelete !== undefined)
    request.setRetainondelete(parent.retainOnDelete);
  if (request.getProvider() || !parent.provider) return;
  const reference = parseProviderReference(parent.provider);
  const samePackage =
    !isDeniedDefaultProvider(reference) &&
    packageOf(reference.urn.split("::")[2] ?? "") === packageOf(request.getType());
  if (!request.getCustom() || samePackage) request.setProvider(parent.provider);
}

function listedDependencies(
  request: RegisterResourceRequest,
  properties: PropertyMap,
): Record<string, readonly string[]> {
  const listed = request.getPropertydependenciesMap();
  if (listed.getLength() === 0) {
    const all = request.getDependenciesList();
    return Object.fromEntries(Object.keys(properties).map((key) => [key, all]));
  }
  const result: Record<string, readonly string[]> = {};
  listed.forEach((dependencies, key) => (result[key] = dependencies.getUrnsList()));
  return result;
}

function withDependencies(properties: PropertyMap, listed: Record<string, readonly string[]>): PropertyMap {
  const upgrade = ([key, value]: [string, PropertyValue]): [string, PropertyValue] => [
    key,
    upgradeToOutputValue(value, listed[key] ?? []),
  ];
  return Object.fromEntries(Object.entries(properties).map(upgrade));
}

function dependenciesAfter(
  transformed: boolean,
  dependsOn: readonly string[],
  properties: PropertyMap,
  listed: Record<string, readonly string[]>,
): { all: readonly string[]; byProperty: Record<string, readonly string[]> } {
  const all = new Set(dependsOn);
  const byProperty: Record<string, readonly string[]> = transformed ? {} : { ...listed };
  for (const [key, value] of Object.entries(properties)) {
    const found = outputDependencies(value, new Set(transformed ? [] : (listed[key] ?? [])));
    byProperty[key] = [...found];
    if (transformed) for (const urn of found) all.add(urn);
  }
  return { all: [...all], byProperty };
}

function downgraded(properties: PropertyMap): PropertyMap {
  return mapValuesUnlessSame(properties, downgradeOutputValues);
}

function setProviderVersion(inputs: PropertyMap, options: TransformResourceOptions, byDefault: string): void {
  const pluginDownloadURL = options.getPluginDownloadUrl();
  const version = options.getVersion() || (pluginDownloadURL ? "" : byDefault);
  if (version) inputs.version = version;
  if (version || pluginDownloadURL) inputs.__internal = pluginDownloadURL ? { pluginDownloadURL } : {};
}
