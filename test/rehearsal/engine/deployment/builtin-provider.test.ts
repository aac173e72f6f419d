import assert from "node:assert/strict";
import { BuiltinProvider } from "../../../../rehearsal/engine/deployment/builtin-provider";
import type { PropertyMap } from "../../../../rehearsal/engine/values/property-value";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";
import { stateOf } from "./support/states";
import { urnOf } from "./support/thing-stack";

describe("the built-in provider", () => {
  const others: Record<string, PropertyMap> = { net: { vpc: "v", key: makeSecret("k") } };
  const provider = new BuiltinProvider({
    outputsOf: async (stack) => others[stack],
    resource: (urn) => (urn === urnOf("a") ? stateOf("a", { outputs: { x: 1 } }) : undefined),
  });
  const identity = { urn: urnOf("s", "pulumi:pulumi:StackReference"), type: "pulumi:pulumi:StackReference", name: "s" };
  const stash = { ...identity, type: "pulumi:index:Stash" };
  const read = { name: "net", outputs: others.net!, secretOutputNames: ["key"] };

  it("refuses inputs that a stack reference does not have", async () => {
    const reasons = async (newInputs: PropertyMap): Promise<unknown> =>
      (await provider.check({ ...identity, newInputs, randomSeed: new Uint8Array() })).failures?.[0]?.reason;
    assert.equal(await reasons({ name: "net" }), undefined);
    assert.equal(await reasons({ name: "net", x: 1 }), 'unknown property "x"');
    assert.equal(await reasons({}), 'missing required property "name"');
    assert.equal(await reasons({ name: 1 }), 'property "name" must be a string');
  });

  it("reads another stack's outputs, and refuses one that is not there", async () => {
    const create = (name: string) =>
      provider.create({ ...identity, inputs: { name }, preview: false, timeoutSeconds: 0 });
    assert.deepEqual((await create("net")).outputs, read);
    await assert.rejects(create("nowhere"), /unknown stack "nowhere"/);
    const found = await provider.read({ ...identity, id: "1", inputs: { name: "net" }, outputs: {} });
    assert.deepEqual(found.outputs, read);
    await assert.rejects(provider.read({ ...identity, id: "1", inputs: {}, outputs: {} }), /can not be imported/);
  });

  it("keeps what was stashed first", async () => {
    const { outputs } = await provider.create({ ...stash, inputs: { input: 1 }, preview: true, timeoutSeconds: 0 });
    assert.deepEqual(outputs, { input: 1, output: 1 });
    const change = {
      id: "1",
      oldInputs: { input: 1 },
      oldOutputs: outputs,
      newInputs: { input: 2 },
      ignoreChanges: [],
    };
    const more = { preview: false, timeoutSeconds: 0 };
    assert.deepEqual((await provider.update({ ...stash, ...change, ...more })).outputs, { input: 2, output: 1 });
    assert.deepEqual(await provider.diff({ ...stash, ...change }), { changes: "some", changedKeys: ["input"] });
    assert.deepEqual(await provider.diff({ ...stash, ...change, newInputs: { input: 1 } }), { changes: "none" });
    const found = await provider.read({ ...stash, id: "1", inputs: { input: 2 }, outputs: { input: 2, output: 1 } });
    assert.deepEqual(found.outputs, { input: 2, output: 1 }, "nothing outside the state can have changed it");
    const imported = provider.read({ ...stash, id: "1", inputs: {}, outputs: {} });
    await assert.rejects(imported, /stash can not be imported/);
  });

  it("replaces a stack reference that is to read another stack", async () => {
    const diff = (from: string, to: string) =>
      provider.diff({
        ...identity,
        id: "1",
        oldInputs: { name: from },
        oldOutputs: {},
        newInputs: { name: to },
        ignoreChanges: [],
      });
    assert.deepEqual(await diff("net", "net"), { changes: "none" });
    assert.deepEqual(await diff("net", "web"), { changes: "some", replaceKeys: ["name"] });
  });

  it("looks registered resources up, and refuses what it does not know", async () => {
    const get = (urn: string) => provider.invoke({ token: "pulumi:pulumi:getResource", args: { urn } });
    assert.deepEqual((await get(urnOf("a"))).outputs.state, { x: 1 });
    await assert.rejects(get(urnOf("b")), /unknown resource/);
    await assert.rejects(provider.invoke({ token: "pulumi:pulumi:getResource", args: {} }), /unknown resource/);
    const unnamed = provider.invoke({ token: "pulumi:pulumi:readStackOutputs", args: {} });
    await assert.rejects(unnamed, /missing required property 'name'/);
    await assert.rejects(provider.invoke({ token: "pulumi:x:y", args: {} }), /unrecognized function name/);
    await assert.rejects(provider.diff({ ...identity, type: "a:b:C" } as never), /unrecognized resource type/);
    const outputs = await provider.invoke({ token: "pulumi:pulumi:readStackOutputs", args: { name: "net" } });
    assert.deepEqual(outputs.outputs, read);
  });
});
