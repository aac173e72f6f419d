import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { callStatus } from "./call-error";
import { answerInProcess, type Handler, type Services } from "./in-process-calls";

/** What the SDK allows for a message; large stacks need it. */
export const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** Options of every connection with a program. */
export const CHANNEL_OPTIONS = {
  "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
  "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
} as const;

/** The address at which a program reaches the engine, until it is closed. */
export class MonitorServer {
  private constructor(
    private readonly server: grpc.Server,
    readonly address: string,
    private readonly endInProcess: () => void,
  ) {}

  /** Serves both services on a free port of the loopback interface, and to programs in this process without it. */
  static async start(services: Services): Promise<MonitorServer> {
    const server = new grpc.Server(CHANNEL_OPTIONS);
    server.addService(ResourceMonitorService, unary(services.monitor));
    server.addService(EngineService, unary(services.engine));
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    const address = `127.0.0.1:${port}`;
    return new MonitorServer(server, address, answerInProcess(address, services));
  }

  close(): void {
    this.endInProcess();
    this.server.forceShutdown();
  }
}

function unary(handlers: Readonly<Record<string, Handler>>): grpc.UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => {
      const method: grpc.handleUnaryCall<unknown, unknown> = ({ request }, callback) => {
        handler(request as never).then(
          (response) => callback(null, response),
          (thrown: unknown) => callback(callStatus(thrown)),
        );
      };
      return [name, method];
    }),
  );
}
