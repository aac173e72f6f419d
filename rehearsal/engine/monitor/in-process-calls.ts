import { AsyncResource } from "node:async_hooks";
import type * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { callError } from "./call-error";
import { ShutDownError } from "./program-source";

/** Answers a call; what it throws is what the program gets to see. */
export type Handler = (request: never) => Promise<unknown>;

/** The handlers of both services that a program calls, by the names of their methods. */
export interface Services {
  readonly monitor: Readonly<Record<string, Handler>>;
  readonly engine: Readonly<Record<string, Handler>>;
}

type Callback = (error: grpc.ServiceError | null, response?: unknown) => void;
type Method = (this: grpc.Client, request: unknown, ...rest: readonly unknown[]) => unknown;

interface Answerer {
  readonly services: Services;
  /** In which handlers run: what a program keeps in an AsyncLocalStorage is not theirs. */
  readonly scope: AsyncResource;
  /** Fails a call that is under way. */
  readonly pending: Set<() => void>;
}

const answerers = new Map<string, Answerer>();
let diverted = false;

/**
 * Answers calls that programs in this process make at the address, `host:port`, without the network: messages are handed
 * over as they are, which halves what an operation takes. Programs in other processes, and other addresses, are reached as
 * ever. Answers what ends it: calls that are under way then fail as unavailable.
 */
export function answerInProcess(address: string, services: Services): () => void {
  if (!diverted) {
    diverted = true;
    divert(ResourceMonitorClient.prototype, "monitor", Object.keys(services.monitor));
    divert(EngineClient.prototype, "engine", Object.keys(services.engine));
  }
  const answerer: Answerer = { services, scope: new AsyncResource("PulumiEngine"), pending: new Set() };
  answerers.set(address, answerer);
  return () => {
    answerers.delete(address);
    for (const fail of answerer.pending) fail();
    answerer.scope.emitDestroy();
  };
}

/** Lets methods of one of the SDK's clients look for an answerer first. */
function divert(prototype: object, service: keyof Services, names: readonly string[]): void {
  const methods = prototype as Record<string, Method>;
  for (const name of names) {
    const overNetwork = methods[name];
    if (!overNetwork) throw new Error(`the SDK's client has no method ${name}`);
    methods[name] = function (request, ...rest) {
      const answerer = answerers.get(this.getChannel().getTarget().replace(/^dns:/, ""));
      const handler = answerer?.services[service][name];
      if (!answerer || !handler) return overNetwork.call(this, request, ...rest);
      answer(answerer, handler, request, rest.at(-1) as Callback);
      return undefined;
    };
  }
}

function answer({ scope, pending }: Answerer, handler: Handler, request: unknown, callback: Callback): void {
  // What follows a promise runs in the surroundings of the caller, and never before the caller goes on.
  void new Promise<readonly [grpc.ServiceError | null, unknown?]>((settle) => {
    const end = (error: grpc.ServiceError | null, response?: unknown): void => {
      // With room for whatever else is to be done, as over the network.
      if (pending.delete(fail)) setImmediate(settle, [error, response]);
    };
    const fail = (): void => end(callError(new ShutDownError()));
    pending.add(fail);
    scope
      .runInAsyncScope(() => handler(request as never))
      .then(
        (response) => end(null, response),
        (thrown: unknown) => end(callError(thrown)),
      );
  }).then(([error, response]) => callback(error, response));
}
