import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceRequest,
  LogRequest,
  LogSeverity,
  RequirePulumiVersionRequest,
  SetRootResourceRequest,
} from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  ReadResourceRequest,
  RegisterResourceRequest,
  ResourceInvokeRequest,
  SupportsFeatureRequest,
  type SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EventReporter } from "../../../../rehearsal/engine/events/event-reporter";
import { SecretFilter } from "../../../../rehearsal/engine/events/secret-filter";
import { engineMethods, monitorMethods } from "../../../../rehearsal/engine/monitor/monitor-service";
import { MonitorServer } from "../../../../rehearsal/engine/monitor/monitor-server";
import { ShutDownError } from "../../../../rehearsal/engine/monitor/program-source";

describe("the services that a program reaches", () => {
  let server: MonitorServer;
  let monitor: ResourceMonitorClient;
  let engine: EngineClient;
  let reporter: EventReporter;
  beforeEach(async () => {
    reporter = new EventReporter(undefined, new SecretFilter(["hunter2"]), {
      planning: false,
      refreshing: false,
      debug: false,
    });
    const methods = {
      ...monitorMethods({ source: { waitForShutdown: async () => undefined } } as never),
      readResource: () => Promise.reject(new ShutDownError()),
      invoke: () => Promise.reject(new RunError("text")),
    };
    server = await MonitorServer.start({ monitor: methods, engine: engineMethods(reporter) });
    monitor = new ResourceMonitorClient(server.address, grpc.credentials.createInsecure());
    engine = new EngineClient(server.address, grpc.credentials.createInsecure());
  });
  afterEach(() => {
    monitor.close();
    engine.close();
    server.close();
  });
  const call = <T>(run: (done: (error: grpc.ServiceError | null, response: T) => void) => unknown): Promise<T> =>
    new Promise((resolve, reject) => run((error, response) => (error ? reject(error) : resolve(response))));

  for (const [feature, supported] of [
    ["secrets", true],
    ["transforms", true],
    ["resourceHooks", false],
    ["parameterization", false],
  ] as const) {
    it(`${supported ? "offer" : "do not offer"} ${feature}`, async () => {
      const request = new SupportsFeatureRequest();
      request.setId(feature);
      const response = await call<SupportsFeatureResponse>((done) => monitor.supportsFeature(request, done));
      assert.equal(response.getHassupport(), supported);
    });
  }

  it("refuse a remote component", async () => {
    const request = new RegisterResourceRequest();
    request.setRemote(true);
    request.setType("x:index:Y");
    await assert.rejects(
      call((done) => monitor.registerResource(request, done)),
      {
        details: "remote component x:index:Y: not supported by the embedded engine; use the real CLI",
      },
    );
  });

  it("end what waits as unavailable, by which the SDK knows that the engine stops", async () => {
    await assert.rejects(
      call((done) => monitor.readResource(new ReadResourceRequest(), done)),
      { code: grpc.status.UNAVAILABLE },
    );
    await assert.rejects(
      call((done) => monitor.invoke(new ResourceInvokeRequest(), done)),
      { code: grpc.status.UNKNOWN, details: "text" },
    );
    await call((done) => monitor.signalAndWaitForShutdown(new Empty(), done));
  });

  it("pass the program's messages on with their severity, masked", async () => {
    for (const [severity, expected] of [
      [LogSeverity.ERROR, "error"],
      [LogSeverity.WARNING, "warning"],
      [LogSeverity.INFO, "info"],
    ] as const) {
      const request = new LogRequest();
      request.setSeverity(severity);
      request.setMessage("a hunter2");
      await call((done) => engine.log(request, done));
      assert.deepEqual(reporter.diagnostics.at(-1), { urn: "", severity: expected, message: "a [secret]" });
    }
  });

  it("remember the root resource", async () => {
    const request = new SetRootResourceRequest();
    request.setUrn("u");
    await call((done) => engine.setRootResource(request, done));
    const root = await call<{ getUrn(): string }>((done) => engine.getRootResource(new GetRootResourceRequest(), done));
    assert.equal(root.getUrn(), "u");
  });

  it("refuse a program that needs another version", async () => {
    const request = new RequirePulumiVersionRequest();
    request.setPulumiVersionRange(">=3.0.0");
    await call((done) => engine.requirePulumiVersion(request, done));
    request.setPulumiVersionRange(">=99.0.0");
    await assert.rejects(
      call((done) => engine.requirePulumiVersion(request, done)),
      /does not satisfy the version range ">=99\.0\.0"/,
    );
  });
});
