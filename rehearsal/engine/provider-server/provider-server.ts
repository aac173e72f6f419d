import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CHANNEL_OPTIONS } from "../monitor/monitor-server";
import type { Provider } from "../provider/provider";
import { PROVIDER_METHODS } from "./provider-methods";
import { callFailure } from "./provider-status";

/**
 * Serves the provider of a package over gRPC, on a free port of the loopback interface, to a CLI that attaches to it.
 * Each connection has a provider of its own: a CLI opens one for each provider resource of a program, and those may be
 * configured differently.
 */
export class ProviderServer {
  private constructor(
    private readonly server: grpc.Server,
    readonly port: number,
  ) {}

  /** `open` makes the unconfigured provider of a connection. */
  static async start(open: () => Provider): Promise<ProviderServer> {
    const server = new grpc.Server(CHANNEL_OPTIONS);
    const connections = new Map<string, Provider>();
    const providerOf = (peer: string, method: string): Provider => {
      let provider = connections.get(peer);
      // A CLI attaches once for each connection: the port of an earlier one may be its own by now.
      if (!provider || method === "attach") connections.set(peer, (provider = open()));
      return provider;
    };
    server.addService(ResourceProviderService, implementation(providerOf));
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    return new ProviderServer(server, port);
  }

  /** Takes no more calls, waits for those that run, and ends what is left after `graceMs`. May be called again. */
  async close(graceMs = 5_000): Promise<void> {
    const timer = setTimeout(() => this.server.forceShutdown(), graceMs);
    try {
      await new Promise<void>((resolve) => this.server.tryShutdown(() => resolve()));
    } finally {
      clearTimeout(timer);
    }
  }
}

function implementation(providerOf: (peer: string, method: string) => Provider): grpc.UntypedServiceImplementation {
  const methods = Object.entries(ResourceProviderService).map(([name, { responseStream }]) => {
    const method = PROVIDER_METHODS[name];
    if (!method) throw new Error(`the provider service has a method ${name} that is not known here; add it`);
    const answer = async (call: { getPeer(): string; request: unknown }): Promise<unknown> =>
      method(providerOf(call.getPeer(), name), call.request as never);
    const unary: grpc.handleUnaryCall<unknown, unknown> = (call, callback) => {
      answer(call).then(
        (response) => callback(null, response),
        (thrown: unknown) => callback(callFailure(thrown)),
      );
    };
    const stream: grpc.handleServerStreamingCall<unknown, unknown> = (call) => {
      answer(call).then(
        () => call.end(),
        (thrown: unknown) => call.emit("error", callFailure(thrown)),
      );
    };
    return [name, responseStream ? stream : unary] as const;
  });
  return Object.fromEntries(methods);
}
