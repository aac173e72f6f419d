import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { CheckRequest, DiffRequest, Provider, ResourceIdentity } from "../provider/provider";
import { nameOf, typeOf } from "../deployment/urn";
import { fromStruct, toStruct } from "../values/struct-codec";
import { checkResponse, diffResponse } from "./provider-answers";

/** Check: an engine sends no old inputs for a new resource, or empty ones. */
export async function check(provider: Provider, request: rpc.CheckRequest): Promise<rpc.CheckResponse> {
  return checkResponse(await provider.check({ ...checked(request), randomSeed: request.getRandomseed_asU8() }));
}

/** What Check and CheckConfig have in common. */
export function checked(request: rpc.CheckRequest): Omit<CheckRequest, "randomSeed"> {
  const oldInputs = fromStruct(request.getOlds());
  return {
    ...identityOf(request),
    ...(Object.keys(oldInputs).length > 0 ? { oldInputs } : {}),
    newInputs: fromStruct(request.getNews()),
  };
}

export async function diff(provider: Provider, request: rpc.DiffRequest): Promise<rpc.DiffResponse> {
  return diffResponse(await provider.diff({ ...compared(request), id: request.getId() }));
}

/** What Diff and DiffConfig have in common. */
export function compared(request: rpc.DiffRequest): Omit<DiffRequest, "id"> {
  return {
    ...identityOf(request),
    oldInputs: fromStruct(request.getOldInputs()),
    oldOutputs: fromStruct(request.getOlds()),
    newInputs: fromStruct(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
  };
}

export async function create(provider: Provider, request: rpc.CreateRequest): Promise<rpc.CreateResponse> {
  const { id, outputs } = await provider.create({
    ...identityOf(request),
    inputs: fromStruct(request.getProperties()),
    preview: request.getPreview(),
    timeoutSeconds: request.getTimeout(),
  });
  const response = new rpc.CreateResponse();
  response.setId(id);
  response.setProperties(toStruct(outputs));
  return response;
}

/** Read: an answer without an id says that there is no such resource. */
export async function read(provider: Provider, request: rpc.ReadRequest): Promise<rpc.ReadResponse> {
  const found = await provider.read({
    ...identityOf(request),
    id: request.getId(),
    inputs: fromStruct(request.getInputs()),
    outputs: fromStruct(request.getProperties()),
    timeoutSeconds: request.getTimeout(),
  });
  const response = new rpc.ReadResponse();
  if (!found) return response;
  response.setId(found.id);
  response.setProperties(toStruct(found.outputs));
  if (found.inputs) response.setInputs(toStruct(found.inputs));
  return response;
}

export async function update(provider: Provider, request: rpc.UpdateRequest): Promise<rpc.UpdateResponse> {
  const { outputs } = await provider.update({
    ...identityOf(request),
    id: request.getId(),
    oldInputs: fromStruct(request.getOldInputs()),
    oldOutputs: fromStruct(request.getOlds()),
    newInputs: fromStruct(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
    preview: request.getPreview(),
    timeoutSeconds: request.getTimeout(),
  });
  const response = new rpc.UpdateResponse();
  response.setProperties(toStruct(outputs));
  return response;
}

export async function remove(provider: Provider, request: rpc.DeleteRequest): Promise<Empty> {
  await provider.delete({
    ...identityOf(request),
    id: request.getId(),
    inputs: fromStruct(request.getOldInputs()),
    outputs: fromStruct(request.getProperties()),
    timeoutSeconds: request.getTimeout(),
  });
  return new Empty();
}

/** Older engines send the URN alone. */
function identityOf(request: { getUrn(): string; getType(): string; getName(): string }): ResourceIdentity {
  const urn = request.getUrn();
  return { urn, type: request.getType() || typeOf(urn), name: request.getName() || nameOf(urn) };
}
