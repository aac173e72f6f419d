import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engineProto from "@pulumi/pulumi/proto/engine_pb";
import * as resourceGrpc from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as resourceProto from "@pulumi/pulumi/proto/resource_pb";

/** What a program did with the engine. */
export interface Recording {
  readonly address: string;
  /** `type name` of each registration. */
  readonly registered: string[];
  /** `file:///path:line` where each resource was created. */
  readonly positions: string[];
  readonly outputs: unknown[];
  readonly errors: string[];
  close(): void;
}

type Handler = (call: { request: any }, callback: (error: Error | null, response: unknown) => void) => void;

/** An engine for one program: answers every registration with a URN and an id, and remembers it. */
export async function recordingMonitor(): Promise<Recording> {
  const registered: string[] = [];
  const positions: string[] = [];
  const outputs: unknown[] = [];
  const errors: string[] = [];
  const server = new grpc.Server();
  const empty: Handler = (_call, callback) => callback(null, new Empty());
  server.addService((resourceGrpc as any).ResourceMonitorService, {
    getDeploymentInfo: ((_call, callback) =>
      callback(null, new (resourceProto as any).DeploymentInfo())) satisfies Handler,
    supportsFeature: ((_call, callback) => {
      const response = new (resourceProto as any).SupportsFeatureResponse();
      response.setHassupport(true);
      callback(null, response);
    }) satisfies Handler,
    registerResource: (({ request }, callback) => {
      registered.push(`${request.getType()} ${request.getName()}`);
      const position = request.getSourceposition();
      if (position) positions.push(`${position.getUri()}:${position.getLine()}`);
      const response = new (resourceProto as any).RegisterResourceResponse();
      response.setUrn(`urn:pulumi:dev::test::${request.getType()}::${request.getName()}`);
      response.setId("an-id");
      response.setObject(Struct.fromJavaScript({}));
      callback(null, response);
    }) satisfies Handler,
    registerResourceOutputs: (({ request }, callback) => {
      outputs.push(request.getOutputs()?.toJavaScript());
      callback(null, new Empty());
    }) satisfies Handler,
    signalAndWaitForShutdown: empty,
  });
  server.addService((engineGrpc as any).EngineService, {
    log: (({ request }, callback) => {
      if (request.getSeverity() === 3) errors.push(request.getMessage());
      callback(null, new Empty());
    }) satisfies Handler,
    getRootResource: ((_call, callback) =>
      callback(null, new (engineProto as any).GetRootResourceResponse())) satisfies Handler,
    setRootResource: ((_call, callback) =>
      callback(null, new (engineProto as any).SetRootResourceResponse())) satisfies Handler,
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { address: `127.0.0.1:${port}`, registered, positions, outputs, errors, close: () => server.forceShutdown() };
}
