import assert from "node:assert/strict";
import fc from "fast-check";
import type * as engine from "../../../../rehearsal/engine/provider/provider";
import {
  SIGNATURE_KEY,
  SIGNATURES,
  UNKNOWN,
  type PropertyMap,
} from "../../../../rehearsal/engine/values/property-value";
import { identity, ScriptedServers, secret, VALUES } from "./scripted-servers";

// An object of JavaScript cannot hold this key as it does others.
const key = fc.string().filter((text) => text !== "__proto__");

/** Whatever JSON and the protocol's special objects can say. */
const properties: fc.Arbitrary<PropertyMap> = fc
  .letrec<{ value: PropertyMap[string] }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<PropertyMap[string]>(null, true, false, UNKNOWN, "", 0),
      fc.string({ unit: "binary" }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value"), { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<PropertyMap>,
      tie("value").map(secret),
      fc.string().map((text) => ({ [SIGNATURE_KEY]: SIGNATURES.asset, hash: "h", text })),
      fc.string().map((urn) => ({ [SIGNATURE_KEY]: SIGNATURES.resource, urn, id: UNKNOWN })),
    ),
  }))
  .value.chain(
    (value) =>
      fc.dictionary(key, fc.constant(value), { maxKeys: 2, noNullPrototype: true }) as fc.Arbitrary<PropertyMap>,
  );

describe("provider server, by properties", () => {
  const servers = new ScriptedServers();
  afterEach(() => servers.close());

  it("takes any value there and back", async () => {
    const remote = await servers.serve({
      create: async ({ inputs }) => ({ id: "1", outputs: inputs }),
      read: async ({ inputs, outputs }) => ({ id: "2", inputs, outputs }),
    });
    await fc.assert(
      fc.asyncProperty(properties, properties, async (inputs, outputs) => {
        const created = await remote.create({ ...identity, inputs, preview: false, timeoutSeconds: 0 });
        assert.deepEqual(created.outputs, inputs);
        const read = await remote.read({ ...identity, id: "1", inputs, outputs });
        assert.deepEqual([read!.inputs, read!.outputs], [inputs, outputs]);
      }),
      { numRuns: 200 },
    );
  });

  it("takes any difference and any failure of a check there and back", async () => {
    const kinds = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"] as const;
    const keys = fc.array(fc.string(), { maxLength: 3 });
    const detailedDiff = fc.dictionary(
      key,
      fc.record({ kind: fc.constantFrom(...kinds), inputDiff: fc.boolean() }, { noNullPrototype: true }),
      { noNullPrototype: true },
    );
    const diffs = fc.record(
      {
        changes: fc.constantFrom("none" as const, "some" as const, "unknown" as const),
        replaceKeys: keys,
        stableKeys: keys,
        changedKeys: keys,
        deleteBeforeReplace: fc.boolean(),
        detailedDiff,
      },
      {
        noNullPrototype: true,
        requiredKeys: ["changes", "replaceKeys", "stableKeys", "changedKeys", "deleteBeforeReplace"],
      },
    );
    const failures = fc.array(fc.record({ property: fc.string(), reason: fc.string() }, { noNullPrototype: true }), {
      maxLength: 3,
    });
    let diff: engine.DiffResult = { changes: "none" };
    let check: engine.CheckResult = { inputs: {} };
    const remote = await servers.serve({
      diff: async () => diff,
      diffConfig: async () => diff,
      check: async () => check,
      invoke: async () => ({ outputs: {}, failures: check.failures }),
      call: async ({ args }) => ({ outputs: args }),
    });
    const request = { ...identity, id: "1", oldInputs: {}, oldOutputs: {}, newInputs: {}, ignoreChanges: [] };
    await fc.assert(
      fc.asyncProperty(diffs, failures, async (wanted, failed) => {
        diff = wanted;
        check = { inputs: {}, failures: failed };
        for (const got of [await remote.diff(request), await remote.diffConfig(request)]) {
          assert.deepEqual(got, wanted);
        }
        const { failures: checked } = await remote.check({ ...identity, newInputs: {}, randomSeed: new Uint8Array() });
        assert.deepEqual(checked, failed);
        assert.deepEqual((await remote.invoke({ token: "t", args: {} })).failures, failed);
      }),
      { numRuns: 100 },
    );
    assert.deepEqual((await remote.call({ token: "t", args: VALUES })).outputs, VALUES);
  });
});
