import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PartialFailure } from "../../../../rehearsal/engine/provider/partial-failure";
import type * as engine from "../../../../rehearsal/engine/provider/provider";
import { fromStruct, toStruct } from "../../../../rehearsal/engine/values/struct-codec";

/** Calls a unary method of the client. */
export function called<Response>(client: ResourceProviderClient, method: string, request: unknown): Promise<Response> {
  type Method = (request: unknown, callback: (error: grpc.ServiceError | null, response: Response) => void) => unknown;
  const methods = client as unknown as Readonly<Record<string, Method>>;
  return new Promise((resolve, reject) => {
    methods[method]!(request, (error, response) => (error ? reject(failureOf(error)) : resolve(response)));
  });
}

function failureOf(error: grpc.ServiceError): Error {
  const [trailer] = error.metadata.get("grpc-status-details-bin");
  if (!trailer) return error;
  const [detail] = Status.deserializeBinary(trailer as Buffer).getDetailsList();
  const failed = detail?.unpack((bytes) => rpc.ErrorResourceInitFailed.deserializeBinary(bytes), detail.getTypeName());
  if (!failed) return error;
  const [id, outputs] = [failed.getId(), fromStruct(failed.getProperties())];
  const inputs = failed.hasInputs() ? fromStruct(failed.getInputs()) : undefined;
  return new PartialFailure(error.details, id, outputs, failed.getReasonsList(), inputs);
}

const KINDS = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"] as const;
const CHANGES = ["unknown", "none", "some"] as const;

/** A provider behind the protocol, called with the SDK's own client and messages, as the engine of the CLI does it. */
export class RemoteProvider implements engine.Provider {
  readonly version = "1.0.0";
  readonly client: ResourceProviderClient;

  constructor(
    readonly name: string,
    port: number,
  ) {
    // Else clients of one process share a connection.
    const options = { "grpc.use_local_subchannel_pool": 1 };
    this.client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
  }

  async checkConfig(request: Omit<engine.CheckRequest, "randomSeed">): Promise<engine.CheckResult> {
    return checkResult(await called<rpc.CheckResponse>(this.client, "checkConfig", checkRequest(request)));
  }

  async diffConfig(request: Omit<engine.DiffRequest, "id">): Promise<engine.DiffResult> {
    return diffResult(await called<rpc.DiffResponse>(this.client, "diffConfig", diffRequest(request)));
  }

  async configure(config: engine.CreateResult["outputs"]): Promise<engine.ProviderFeatures> {
    const request = new rpc.ConfigureRequest();
    request.setArgs(toStruct(config));
    const response = await called<rpc.ConfigureResponse>(this.client, "configure", request);
    return {
      acceptSecrets: response.getAcceptsecrets(),
      acceptResources: response.getAcceptresources(),
      supportsPreview: response.getSupportspreview(),
    };
  }

  async check(request: engine.CheckRequest): Promise<engine.CheckResult> {
    const message = checkRequest(request);
    message.setRandomseed(request.randomSeed);
    return checkResult(await called<rpc.CheckResponse>(this.client, "check", message));
  }

  async diff(request: engine.DiffRequest): Promise<engine.DiffResult> {
    const message = diffRequest(request);
    message.setId(request.id);
    return diffResult(await called<rpc.DiffResponse>(this.client, "diff", message));
  }

  async create(request: engine.CreateRequest): Promise<engine.CreateResult> {
    const message = identified(new rpc.CreateRequest(), request);
    message.setProperties(toStruct(request.inputs));
    message.setPreview(request.preview);
    message.setTimeout(request.timeoutSeconds);
    const response = await called<rpc.CreateResponse>(this.client, "create", message);
    return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
  }

  async update(request: engine.UpdateRequest): Promise<engine.UpdateResult> {
    const message = identified(new rpc.UpdateRequest(), request);
    message.setId(request.id);
    message.setOldInputs(toStruct(request.oldInputs));
    message.setOlds(toStruct(request.oldOutputs));
    message.setNews(toStruct(request.newInputs));
    message.setIgnorechangesList([...request.ignoreChanges]);
    message.setPreview(request.preview);
    message.setTimeout(request.timeoutSeconds);
    const response = await called<rpc.UpdateResponse>(this.client, "update", message);
    return { outputs: fromStruct(response.getProperties()) };
  }

  async read(request: engine.ReadRequest): Promise<engine.ReadResult | undefined> {
    const message = identified(new rpc.ReadRequest(), request);
    message.setTimeout(request.timeoutSeconds ?? 0);
    message.setId(request.id);
    message.setInputs(toStruct(request.inputs));
    message.setProperties(toStruct(request.outputs));
    const response = await called<rpc.ReadResponse>(this.client, "read", message);
    if (!response.getId()) return undefined;
    const inputs = response.hasInputs() ? { inputs: fromStruct(response.getInputs()) } : {};
    return { id: response.getId(), ...inputs, outputs: fromStruct(response.getProperties()) };
  }

  async delete(request: engine.DeleteRequest): Promise<void> {
    const message = identified(new rpc.DeleteRequest(), request);
    message.setId(request.id);
    message.setOldInputs(toStruct(request.inputs));
    message.setProperties(toStruct(request.outputs));
    message.setTimeout(request.timeoutSeconds);
    await called(this.client, "delete", message);
  }

  async invoke({ token, args }: engine.InvokeRequest): Promise<engine.InvokeResult> {
    const request = new rpc.InvokeRequest();
    request.setTok(token);
    request.setArgs(toStruct(args));
    const response = await called<rpc.InvokeResponse>(this.client, "invoke", request);
    return { outputs: fromStruct(response.getReturn()), failures: failuresOf(response) };
  }

  async call({ token, args }: engine.InvokeRequest): Promise<engine.InvokeResult> {
    const request = new rpc.CallRequest();
    request.setTok(token);
    request.setArgs(toStruct(args));
    const response = await called<rpc.CallResponse>(this.client, "call", request);
    return { outputs: fromStruct(response.getReturn()), failures: failuresOf(response) };
  }

  async cancel(): Promise<void> {
    await called(this.client, "cancel", new Empty());
  }

  close(): void {
    this.client.close();
  }
}

interface Identified {
  setUrn(value: string): unknown;
  setType(value: string): unknown;
  setName(value: string): unknown;
}

function identified<T extends Identified>(message: T, { urn, type, name }: engine.ResourceIdentity): T {
  message.setUrn(urn);
  message.setType(type);
  message.setName(name);
  return message;
}

function checkRequest(request: Omit<engine.CheckRequest, "randomSeed">): rpc.CheckRequest {
  const message = identified(new rpc.CheckRequest(), request);
  message.setOlds(toStruct(request.oldInputs ?? {}));
  message.setNews(toStruct(request.newInputs));
  return message;
}

function checkResult(response: rpc.CheckResponse): engine.CheckResult {
  return { inputs: fromStruct(response.getInputs()), failures: failuresOf(response) };
}

function failuresOf(response: { getFailuresList(): rpc.CheckFailure[] }): engine.CheckFailure[] {
  return response
    .getFailuresList()
    .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
}

function diffRequest(request: Omit<engine.DiffRequest, "id">): rpc.DiffRequest {
  const message = identified(new rpc.DiffRequest(), request);
  message.setOldInputs(toStruct(request.oldInputs));
  message.setOlds(toStruct(request.oldOutputs));
  message.setNews(toStruct(request.newInputs));
  message.setIgnorechangesList([...request.ignoreChanges]);
  return message;
}

function diffResult(response: rpc.DiffResponse): engine.DiffResult {
  const detailed: Record<string, engine.PropertyDiff> = {};
  response.getDetaileddiffMap().forEach((difference: rpc.PropertyDiff, path: string) => {
    detailed[path] = { kind: KINDS[difference.getKind()], inputDiff: difference.getInputdiff() };
  });
  return {
    changes: CHANGES[response.getChanges()],
    replaceKeys: response.getReplacesList(),
    stableKeys: response.getStablesList(),
    changedKeys: response.getDiffsList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
    ...(response.getHasdetaileddiff() ? { detailedDiff: detailed } : {}),
  };
}
