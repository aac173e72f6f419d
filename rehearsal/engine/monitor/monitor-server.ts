import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { asError } from "../deployment/as-error";
import { ShutDownError } from "./program-source";

/** What the SDK allows for a message; large stacks need it. */
export const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** Options of every connection with a program. */
export const CHANNEL_OPTIONS = {
  "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
  "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
} as const;

/** Answers a call; what it throws is what the program gets to see. */
export type Handler = (request: never, call: grpc.ServerUnaryCall<unknown, unknown>) => Promise<unknown>;

/** The address at which a program reaches the engine, until it is closed. */
export class MonitorServer {
  private constructor(
    private readonly server: grpc.Server,
    readonly address: string,
  ) {}

  /** Serves the methods of both services on a free port of the loopback interface. */
  static async start(
    monitor: Readonly<Record<string, Handler>>,
    engine: Readonly<Record<string, Handler>>,
  ): Promise<MonitorServer> {
    const server = new grpc.Server(CHANNEL_OPTIONS);
    server.addService(ResourceMonitorService, unary(monitor));
    server.addService(EngineService, unary(engine));
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    return new MonitorServer(server, `127.0.0.1:${port}`);
  }

  close(): void {
    this.server.forceShutdown();
  }
}

function unary(handlers: Readonly<Record<string, Handler>>): grpc.UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => {
      const method: grpc.handleUnaryCall<unknown, unknown> = (call, callback) => {
        handler(call.request as never, call).then(
          (response) => callback(null, response),
          (thrown: unknown) => callback(statusOf(thrown)),
        );
      };
      return [name, method];
    }),
  );
}

function statusOf(thrown: unknown): Partial<grpc.StatusObject> {
  const error = asError(thrown);
  // The SDK takes "unavailable" as the engine's wish to stop, and adds no error of its own.
  const code = error instanceof ShutDownError ? grpc.status.UNAVAILABLE : codeOf(error);
  return { code, details: error.message };
}

function codeOf(error: Error): grpc.status {
  return "code" in error && typeof error.code === "number" ? error.code : grpc.status.UNKNOWN;
}
