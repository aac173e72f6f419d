import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { SupportsFeatureRequest, SupportsFeatureResponse } from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { answerInProcess, type Services } from "../../../../rehearsal/engine/monitor/in-process-calls";
import { MonitorServer } from "../../../../rehearsal/engine/monitor/monitor-server";
import { ShutDownError } from "../../../../rehearsal/engine/monitor/program-source";

/** Nothing listens there: an answer can only come from within. */
const NOWHERE = "127.0.0.1:9";

const answering = (supportsFeature: (request: SupportsFeatureRequest) => Promise<unknown>): Services => ({
  monitor: { supportsFeature },
  engine: { log: async () => new Empty() },
});
const supported = async (): Promise<SupportsFeatureResponse> => {
  const response = new SupportsFeatureResponse();
  response.setHassupport(true);
  return response;
};

describe("calls within the process", () => {
  const clients: grpc.Client[] = [];
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
    for (const client of clients.splice(0)) client.close();
  });

  const serve = (services: Services, address = NOWHERE): (() => void) => {
    const end = answerInProcess(address, services);
    ends.push(end);
    return end;
  };
  const client = (address = NOWHERE): ResourceMonitorClient => {
    const made = new ResourceMonitorClient(address, grpc.credentials.createInsecure());
    clients.push(made);
    return made;
  };
  const ask = (from: ResourceMonitorClient): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const request = new SupportsFeatureRequest();
      request.setId("secrets");
      from.supportsFeature(request, (error, response) => (error ? reject(error) : resolve(response.getHassupport())));
    });
  const errorOf = async (asked: Promise<unknown>) => {
    const { code, details, message, metadata } = await asked.then(
      () => assert.fail("no error"),
      (error: unknown) => error as grpc.ServiceError,
    );
    return { code, details, message, metadata: metadata instanceof grpc.Metadata };
  };

  it("are answered without the network, with the very message", async () => {
    const seen: SupportsFeatureRequest[] = [];
    serve(answering((request) => (seen.push(request), supported())));
    const request = new SupportsFeatureRequest();
    await new Promise((resolve) => client().supportsFeature(request, resolve));
    assert.equal(seen[0], request);
    assert.equal(await ask(client()), true);
  });

  it("reach the engine's other service, too", async () => {
    serve(answering(supported));
    const engine = new EngineClient(NOWHERE, grpc.credentials.createInsecure());
    clients.push(engine);
    assert.equal(await new Promise((resolve) => engine.log(new LogRequest(), (error) => resolve(error))), null);
  });

  it("fail as over the network", async () => {
    for (const thrown of [
      new Error("no such thing"),
      Object.assign(new Error("full"), { code: 8 }),
      new ShutDownError(),
    ]) {
      const services = answering(() => Promise.reject(thrown));
      const server = await MonitorServer.start(services);
      const within = await errorOf(ask(client(server.address)));
      // The same server, by a name that nobody answers within the process.
      const over = await errorOf(ask(client(server.address.replace("127.0.0.1", "localhost"))));
      server.close();
      assert.deepEqual(within, over);
    }
  });

  it("answer after the caller went on, in the caller's surroundings; handlers have none of them", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    serve(answering(() => (seen.push(storage.getStore()), supported())));
    await storage.run("program", async () => {
      let gone = false;
      const answered = new Promise<void>((resolve) => {
        client().supportsFeature(new SupportsFeatureRequest(), () => {
          seen.push(storage.getStore(), String(gone));
          resolve();
        });
      });
      gone = true;
      await answered;
    });
    assert.deepEqual(seen, [undefined, "program", "true"]);
  });

  it("fail as unavailable when the engine ends before it has answered, and only then", async () => {
    let answerLate: (() => void) | undefined;
    const end = serve(
      answering(() => new Promise((resolve) => (answerLate = () => resolve(new SupportsFeatureResponse())))),
    );
    const asked = errorOf(ask(client()));
    end();
    answerLate?.();
    const { code, details } = await asked;
    assert.deepEqual([code, details], [grpc.status.UNAVAILABLE, "resource monitor shut down"]);
  });

  it("go over the network to any other address, and to this one when it has ended", async () => {
    const end = serve(answering(supported), "127.0.0.1:8");
    const refused = async (address: string): Promise<number> => (await errorOf(ask(client(address)))).code;
    assert.equal(await refused(NOWHERE), grpc.status.UNAVAILABLE);
    assert.equal(await ask(client("127.0.0.1:8")), true);
    end();
    assert.equal(await refused("127.0.0.1:8"), grpc.status.UNAVAILABLE);
  });
});
