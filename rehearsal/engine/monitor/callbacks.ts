import * as grpc from "@grpc/grpc-js";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { CallbackInvokeRequest, type Callback } from "@pulumi/pulumi/proto/callback_pb";
import { CHANNEL_OPTIONS } from "./monitor-server";

/** Calls functions of the program that it has left with the engine: transforms. */
export class Callbacks {
  private readonly clients = new Map<string, CallbacksClient>();

  /** Calls the function with an encoded message and returns the encoded answer. */
  call(callback: Callback, request: Uint8Array): Promise<Uint8Array> {
    const message = new CallbackInvokeRequest();
    message.setToken(callback.getToken());
    message.setRequest(request);
    return new Promise((resolve, reject) => {
      this.client(callback.getTarget()).invoke(message, (error, response) => {
        if (error) reject(describe(error));
        else resolve(response.getResponse_asU8());
      });
    });
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
  }

  private client(target: string): CallbacksClient {
    let client = this.clients.get(target);
    if (!client) {
      client = new CallbacksClient(target, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
      this.clients.set(target, client);
    }
    return client;
  }
}

/** As the engine of the CLI words it, which is what programs' error handling expects. */
function describe(error: grpc.ServiceError): Error {
  const name = grpc.status[error.code] ?? "UNKNOWN";
  const code = name.charAt(0) + name.slice(1).toLowerCase();
  return new Error(`rpc error: code = ${code} desc = ${error.details}`);
}
