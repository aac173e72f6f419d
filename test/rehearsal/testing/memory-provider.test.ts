import assert from "node:assert/strict";
import fc from "fast-check";
import { UNKNOWN, type PropertyMap } from "../../../rehearsal/engine/values/property-value";
import { isSecret, makeSecret } from "../../../rehearsal/engine/values/secret-value";
import { MemoryProvider, type MemoryProviderOptions } from "../../../rehearsal/testing/memory-provider";
import type { MemoryResourceType } from "../../../rehearsal/testing/memory-resource-type";

const TYPE = "acme:index:Thing";
const identity = { urn: `urn:pulumi:dev::p::${TYPE}::a`, type: TYPE, name: "a" };
const providerOf = (type: MemoryResourceType = {}, more: MemoryProviderOptions = {}) =>
  new MemoryProvider("acme", { types: { [TYPE]: type }, ...more });
const create = (provider: MemoryProvider, inputs: PropertyMap = {}, preview = false) =>
  provider.create({ ...identity, inputs, preview, timeoutSeconds: 0 });
const update = (provider: MemoryProvider, id: string, newInputs: PropertyMap, preview = false) =>
  provider.update({
    ...identity,
    id,
    oldInputs: {},
    oldOutputs: {},
    newInputs,
    ignoreChanges: [],
    preview,
    timeoutSeconds: 0,
  });
const diff = (provider: MemoryProvider, oldInputs: PropertyMap, newInputs: PropertyMap) =>
  provider.diff({ ...identity, id: "a-1", oldInputs, oldOutputs: {}, newInputs, ignoreChanges: [] });
const check = (provider: MemoryProvider, newInputs: PropertyMap) =>
  provider.check({ ...identity, newInputs, randomSeed: new Uint8Array() });

describe("provider in memory", () => {
  it("computes outputs, and in previews those that are known", async () => {
    const outputs = { arn: ({ id }: { id: string }) => `arn:${id}`, state: "active" };
    const provider = providerOf({ outputs, secretOutputs: ["arn"] });
    const { outputs: previewed, id: none } = await create(provider, { size: 1 }, true);
    assert.deepEqual([none, previewed], ["", { size: 1, arn: makeSecret(UNKNOWN), state: "active" }]);
    assert.equal(provider.resources.size, 0);
    const made = await create(provider, { size: 1 });
    assert.deepEqual(made, { id: "a-1", outputs: { size: 1, arn: makeSecret("arn:a-1"), state: "active" } });
    assert.deepEqual((await update(provider, "a-1", { size: 2 }, true)).outputs.arn, makeSecret("arn:a-1"));
    assert.deepEqual((await update(provider, "a-1", { size: UNKNOWN }, true)).outputs.arn, makeSecret(UNKNOWN));
    assert.deepEqual(provider.resources.get("a-1")?.inputs, { size: 1 });
    await update(provider, "a-1", { size: 3 });
    const read = await provider.read({ ...identity, id: "a-1", inputs: {}, outputs: {} });
    assert.deepEqual(read?.inputs, { size: 3 });
    assert.ok(isSecret(read?.outputs.arn));
  });

  it("gives ids of its own or of the type's making, each once", async () => {
    const provider = providerOf();
    assert.deepEqual([(await create(provider)).id, (await create(provider)).id], ["a-1", "a-2"]);
    const named = providerOf({ id: ({ inputs }) => inputs.bucket as string });
    assert.equal((await create(named, { bucket: "logs" })).id, "logs");
    await assert.rejects(create(named, { bucket: "logs" }), /a resource with the id "logs" exists already/);
  });

  it("checks what is known", async () => {
    const provider = providerOf({
      check: ({ size, region }) => ({
        ...(size === undefined && { size: "is missing" }),
        ...(!region && { region: "?" }),
      }),
    });
    const reasons = async (inputs: PropertyMap) => (await check(provider, inputs)).failures;
    assert.deepEqual(await reasons({ region: "eu" }), [{ property: "size", reason: "is missing" }]);
    assert.deepEqual(await reasons({ region: makeSecret("eu"), size: UNKNOWN }), []);
    assert.deepEqual((await check(providerOf(), { x: 1 })).inputs, { x: 1 });
  });

  it("tells by path how inputs differ, and what of it replaces", async () => {
    const provider = providerOf({ replaceOn: ["region"], deleteBeforeReplace: true });
    assert.deepEqual(await diff(provider, { a: 1, tags: { x: "1" } }, { region: "eu", tags: { x: "2" } }), {
      changes: "some",
      changedKeys: ["a", "tags", "region"],
      replaceKeys: ["region"],
      deleteBeforeReplace: true,
      detailedDiff: {
        a: { kind: "delete", inputDiff: true },
        "tags.x": { kind: "update", inputDiff: true },
        region: { kind: "add-replace", inputDiff: true },
      },
    });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (inputs) => {
        const same = await diff(provider, inputs as PropertyMap, structuredClone(inputs) as PropertyMap);
        assert.deepEqual([same.changes, same.detailedDiff], ["none", {}]);
      }),
      { numRuns: 50 },
    );
  });

  it("fails where the type's own functions throw, and changes nothing then", async () => {
    let failing = true;
    const refuse = () => {
      if (failing) throw new Error("denied");
    };
    const provider = providerOf({ beforeCreate: refuse, beforeUpdate: refuse, beforeDelete: refuse });
    await assert.rejects(create(provider), /denied/);
    assert.equal(provider.resources.size, 0);
    failing = false;
    const { id } = await create(provider, { size: 1 });
    failing = true;
    await assert.rejects(update(provider, id, { size: 2 }), /denied/);
    const gone = { ...identity, id, inputs: {}, outputs: {}, timeoutSeconds: 0 };
    await assert.rejects(provider.delete(gone), /denied/);
    assert.deepEqual(provider.resources.get(id)?.inputs, { size: 1 });
    failing = false;
    await provider.delete(gone);
    await provider.delete(gone);
    await assert.rejects(update(provider, id, {}), /no resource has the id "a-2"|no resource has the id "a-1"/);
    assert.equal(await provider.read({ ...identity, id, inputs: {}, outputs: {} }), undefined);
  });

  it("answers the functions that it was given, with plain arguments, and fails for others", async () => {
    const provider = providerOf(
      {},
      { functions: { "acme:index:upper": ({ text }) => ({ text: (text as string).toUpperCase() }) } },
    );
    const invoke = (token: string) => provider.invoke({ token, args: { text: makeSecret("x") } });
    assert.deepEqual(await invoke("acme:index:upper"), { outputs: { text: "X" } });
    await assert.rejects(invoke("acme:index:lower"), /no function "acme:index:lower" .* it has acme:index:upper/);
  });
});
