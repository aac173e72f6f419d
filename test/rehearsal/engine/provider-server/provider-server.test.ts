import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PartialFailure } from "../../../../rehearsal/engine/provider/partial-failure";
import type * as engine from "../../../../rehearsal/engine/provider/provider";
import { PROVIDER_METHODS } from "../../../../rehearsal/engine/provider-server/provider-methods";
import type { PropertyMap } from "../../../../rehearsal/engine/values/property-value";
import { called, type RemoteProvider } from "./remote-provider";
import { identity, ScriptedServers, VALUES } from "./scripted-servers";

describe("provider server", () => {
  const servers = new ScriptedServers();
  const serve = servers.serve.bind(servers);
  afterEach(() => servers.close());

  it("knows every method of the service, and no other", () => {
    assert.deepEqual(Object.keys(PROVIDER_METHODS).sort(), Object.keys(ResourceProviderService).sort());
  });

  it("hands requests over as an engine in this process would", async () => {
    const seen: unknown[] = [];
    const tell = (answer: unknown) => (request: unknown) => (seen.push(request), Promise.resolve(answer)) as never;
    const remote = await serve({
      check: tell({ inputs: {} }),
      diff: tell({ changes: "none" }),
      create: tell({ id: "1", outputs: {} }),
      update: tell({ outputs: {} }),
      read: tell(undefined),
      delete: tell(undefined),
      invoke: tell({ outputs: {} }),
      checkConfig: tell({ inputs: {} }),
      diffConfig: tell({ changes: "none" }),
      configure: tell({}),
    });
    const olds = { oldInputs: { a: 1 }, oldOutputs: { b: 2 }, newInputs: VALUES, ignoreChanges: ["x.y"] };
    const check = { ...identity, newInputs: VALUES, randomSeed: new Uint8Array([1, 2]) };
    const requests = {
      check,
      diff: { ...identity, id: "1", ...olds },
      create: { ...identity, inputs: VALUES, preview: true, timeoutSeconds: 1.5 },
      update: { ...identity, id: "1", ...olds, preview: true, timeoutSeconds: 3 },
      read: { ...identity, id: "1", inputs: VALUES, outputs: { b: 2 }, timeoutSeconds: 4 },
      delete: { ...identity, id: "1", inputs: VALUES, outputs: { b: 2 }, timeoutSeconds: 2 },
      invoke: { token: "acme:index:f", args: VALUES },
      checkConfig: { ...identity, oldInputs: { a: 1 }, newInputs: VALUES },
      diffConfig: { ...identity, ...olds },
      configure: VALUES,
    };
    for (const [method, request] of Object.entries(requests)) {
      await (remote[method as "create"] as (request: unknown) => Promise<unknown>)(request);
      const got = seen.pop() as { randomSeed?: Uint8Array };
      const { randomSeed } = got;
      assert.deepEqual(randomSeed ? { ...got, randomSeed: new Uint8Array(randomSeed) } : got, request, method);
    }
  });

  it("tells of a resource that did not become ready what there is of it", async () => {
    const failure = new PartialFailure("not ready", "id-1", VALUES, ["no answer", "too slow"], { a: 1 });
    const remote = await serve({
      create: async () => Promise.reject(failure),
      update: async () => Promise.reject(failure),
    });
    const same = (error: PartialFailure) => {
      assert.equal(error.name, "PartialFailure");
      const { message, id, outputs, reasons, inputs } = error;
      assert.deepEqual(
        [message, id, outputs, reasons, inputs],
        ["not ready", "id-1", VALUES, [...failure.reasons], { a: 1 }],
      );
      return true;
    };
    await assert.rejects(remote.create({ ...identity, inputs: {}, preview: false, timeoutSeconds: 0 }), same);
    const update = { ...identity, id: "id-1", oldInputs: {}, oldOutputs: {}, newInputs: {}, ignoreChanges: [] };
    await assert.rejects(remote.update({ ...update, preview: false, timeoutSeconds: 0 }), same);
  });

  it("gives errors of the provider and methods that it lacks their status codes", async () => {
    const remote = await serve({ create: async () => Promise.reject(new Error("quota exceeded")) });
    const { client } = remote;
    const schema = (version: number, subpackage = "") => {
      const request = new rpc.GetSchemaRequest();
      request.setVersion(version);
      request.setSubpackageName(subpackage);
      return called<rpc.GetSchemaResponse>(client, "getSchema", request);
    };
    const fails = (call: Promise<unknown>, code: grpc.status, details: RegExp) =>
      assert.rejects(call, (error: grpc.ServiceError) => {
        assert.equal(error.code, code, `${grpc.status[error.code]} is not ${grpc.status[code]}`);
        assert.match(error.details, details);
        return true;
      });
    const { UNKNOWN: unknown, UNIMPLEMENTED: unimplemented, INVALID_ARGUMENT: invalid } = grpc.status;
    await fails(
      remote.create({ ...identity, inputs: {}, preview: false, timeoutSeconds: 0 }),
      unknown,
      /^quota exceeded$/,
    );
    await fails(
      remote.call({ token: "acme:index:Thing/m", args: {} }),
      unimplemented,
      /no methods .*acme:index:Thing\/m/,
    );
    await fails(remote.checkConfig({ ...identity, newInputs: {} }), unimplemented, /no check of its configuration/);
    const diff = { ...identity, oldInputs: {}, oldOutputs: {}, newInputs: {}, ignoreChanges: [] };
    await fails(remote.diffConfig(diff), unimplemented, /no comparison/);
    await fails(called(client, "handshake", new rpc.ProviderHandshakeRequest()), unimplemented, /Configure/);
    await fails(called(client, "parameterize", new rpc.ParameterizeRequest()), unimplemented, /no parameters/);
    await fails(called(client, "construct", new rpc.ConstructRequest()), unimplemented, /no components/);
    await fails(schema(1), invalid, /schema version 1 is not known/);
    await fails(schema(0, "sub"), unimplemented, /no subpackages/);
    const listed = new Promise((resolve, reject) => {
      client.list(new rpc.ListRequest()).on("data", resolve).on("end", resolve).on("error", reject);
    });
    await fails(listed, unimplemented, /no lists/);
    assert.deepEqual(JSON.parse((await schema(0)).getSchema()), { name: "acme", version: "2.3.4" });
  });

  it("answers what a CLI asks of every plugin", async () => {
    let cancelled = 0;
    const { client, ...remote } = await serve({ cancel: async () => void cancelled++ });
    assert.ok(remote.version);
    assert.equal((await called<plugin.PluginInfo>(client, "getPluginInfo", new Empty())).getVersion(), "2.3.4");
    await called(client, "cancel", new Empty());
    assert.equal(cancelled, 1);
    assert.ok(await called(client, "attach", new plugin.PluginAttach()));
    const mapping = await called<rpc.GetMappingResponse>(client, "getMapping", new rpc.GetMappingRequest());
    assert.deepEqual([mapping.getProvider(), mapping.getData_asU8().length], ["", 0]);
    const mappings = await called<rpc.GetMappingsResponse>(client, "getMappings", new rpc.GetMappingsRequest());
    assert.deepEqual(mappings.getProvidersList(), []);
  });

  it("takes the configuration of engines that send texts only", async () => {
    const seen: PropertyMap[] = [];
    const features = { acceptSecrets: true, supportsPreview: true };
    const { client } = await serve({ configure: async (config) => (seen.push(config), features) });
    const request = new rpc.ConfigureRequest();
    request.getVariablesMap().set("acme:config:region", "eu");
    const response = await called<rpc.ConfigureResponse>(client, "configure", request);
    assert.deepEqual(seen, [{ region: "eu" }]);
    assert.deepEqual(
      [response.getAcceptsecrets(), response.getSupportspreview(), response.getAcceptresources()],
      [true, true, false],
    );
  });

  it("takes type and name from the URN where an engine sends nothing else", async () => {
    const { client } = await serve({ create: async ({ type, name }) => ({ id: "1", outputs: { type, name } }) });
    const request = new rpc.CreateRequest();
    request.setUrn(identity.urn);
    const outputs = (await called<rpc.CreateResponse>(client, "create", request)).getProperties()?.toJavaScript();
    assert.deepEqual(outputs, { type: identity.type, name: "a" });
  });

  it("has a provider for each connection", async () => {
    const made: PropertyMap[] = [];
    const server = await servers.start(() => {
      let configured: PropertyMap = {};
      const read = async () => ({ id: "1", outputs: configured });
      const configure = async (config: PropertyMap) => {
        made.push((configured = config));
        return {};
      };
      return { name: "acme", version: "1.0.0", configure, read } as unknown as engine.Provider;
    });
    const [eu, us] = [servers.connect(server.port), servers.connect(server.port)];
    await eu.configure({ region: "eu" });
    await us.configure({ region: "us" });
    const region = async (remote: RemoteProvider) =>
      (await remote.read({ ...identity, id: "1", inputs: {}, outputs: {} }))?.outputs.region;
    assert.deepEqual([await region(eu), await region(us), await region(eu), made.length], ["eu", "us", "eu", 2]);
    await called(eu.client, "attach", new plugin.PluginAttach());
    assert.deepEqual([await region(eu), await region(us)], [undefined, "us"], "attaching begins a connection anew");
  });

  it("waits for running calls when it closes, and takes no more", async () => {
    let finish!: () => void;
    const running = new Promise<void>((resolve) => (finish = resolve));
    let begun!: () => void;
    const started = new Promise<void>((resolve) => (begun = resolve));
    const server = await servers.start(
      () => ({ delete: () => (begun(), running), name: "acme", version: "1.0.0" }) as unknown as engine.Provider,
    );
    const remote = servers.connect(server.port);
    const gone = remote.delete({ ...identity, id: "1", inputs: {}, outputs: {}, timeoutSeconds: 0 });
    await started;
    let closed = false;
    const closing = server.close().then(() => (closed = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(closed, false, "it waits for the call");
    finish();
    await gone;
    await closing;
    await server.close();
    const another = servers.connect(server.port);
    await assert.rejects(another.invoke({ token: "t", args: {} }), (error: grpc.ServiceError) => {
      assert.equal(error.code, grpc.status.UNAVAILABLE);
      return true;
    });
  });

  it("ends calls that hang when it closes", async () => {
    let begun!: () => void;
    const started = new Promise<void>((resolve) => (begun = resolve));
    const hang = () => (begun(), new Promise<void>(() => undefined));
    const server = await servers.start(() => ({ delete: hang }) as unknown as engine.Provider);
    const remote = servers.connect(server.port);
    const gone = remote.delete({ ...identity, id: "1", inputs: {}, outputs: {}, timeoutSeconds: 0 });
    const ended = assert.rejects(gone, (error: grpc.ServiceError) => error.code !== grpc.status.OK);
    await started;
    await server.close(20);
    await ended;
  });
});
