import assert from "node:assert/strict";
import { PartialFailure } from "../../../../../rehearsal/engine/provider/partial-failure";
import { UNKNOWN } from "../../../../../rehearsal/engine/values/property-value";
import type { CreateResult } from "../../../../../rehearsal/engine/provider/provider";
import { FindingProvider } from "../../support/finding-provider";
import { Thing, ThingStack, urnOf } from "../support/thing-stack";

const throwing = (what: unknown) => (): never => {
  throw what as Error;
};
const update = { kind: "update", inputDiff: true };
const detailed = (detailedDiff: unknown): unknown => ({ changes: "some", detailedDiff });

describe("an answer of a provider that cannot be used", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  const one = async (): Promise<void> => void new Thing("a", { value: "1" });
  const pending = async (): Promise<string[]> =>
    ((await stack.deployment()).pending_operations ?? []).map(({ type, resource }) => `${type} ${resource.urn}`);

  const nonsense: readonly [string, "check" | "diff" | "create" | "update" | "read", () => unknown, RegExp][] = [
    ["no answer to check", "check", () => undefined, /check of '.*::a' .*: the answer is null, expected an object/],
    ["a list for inputs", "check", () => ({ inputs: [] }), /inputs is a list, expected an object/],
    ["a text to create", "create", () => "ok", /the answer is "ok", expected an object/],
    ["no id", "create", () => ({ id: undefined, outputs: {} }), /empty resource.ID from create/],
    ["a negative id", "create", () => ({ id: -1, outputs: {} }), /id is -1, expected a string/],
    ["no outputs", "create", () => ({ id: "x" }), /outputs is null, expected an object/],
    ["outputs that contain themselves", "create", cyclic, /contains itself/],
    ["a function in outputs", "create", () => ({ id: "x", outputs: { f: cyclic } }), /property "f" holds a function;/],
    ["a bigint in outputs", "create", () => ({ id: "x", outputs: { n: [1n] } }), /property "n" holds a bigint;/],
    ["a date in inputs", "check", () => ({ inputs: { at: new Date(0) } }), /property "at" holds an instance of Date;/],
    [
      "an unknown value",
      "create",
      () => ({ id: "x", outputs: { u: UNKNOWN } }),
      /returned an unknown value for '.*::a'/,
    ],
    [
      "a text for failures",
      "check",
      () => ({ inputs: {}, failures: "no" }),
      /failures is "no", expected a list of prop/,
    ],
    [
      "a number among failures",
      "check",
      () => ({ inputs: {}, failures: [1] }),
      /failures holds 1, expected properties/,
    ],
    [
      "an object for keys",
      "diff",
      () => ({ changes: "some", changedKeys: {} }),
      /changedKeys is an object, expected a/,
    ],
    ["numbers for keys", "diff", () => ({ changes: "some", replaceKeys: [1] }), /replaceKeys holds 1, expected texts/],
    ["a list of differences", "diff", () => detailed([]), /detailedDiff is a list, expected an object/],
    [
      "a broken path",
      "diff",
      () => detailed({ "a[": update }),
      /"a\[", which is no property path: missing closing bra/,
    ],
    [
      "no kind of difference",
      "diff",
      () => detailed({ a: null }),
      /the kind of "a" in detailedDiff is null, expected add/,
    ],
    ["a text that was thrown", "create", throwing("busy"), /^error: busy$/],
    ["an object that was thrown", "create", throwing({ code: 7 }), /without a message was thrown/],
    ["a message that was thrown", "create", throwing({ message: "no" }), /^error: no$/],
    ["nothing that was thrown", "create", throwing(undefined), /undefined was thrown, expected an/],
    [
      "an unknown kind of change",
      "diff",
      () => ({ changes: -3 }),
      /changes is -3, expected "none", "some" or "unknown"/,
    ],
    ["a number to diff", "diff", () => 7, /the answer is 7, expected an object/],
    ["no answer to update", "update", () => undefined, /the answer is null/],
    ["a read without outputs", "read", () => ({ id: "a-1" }), /outputs is null/],
  ];
  for (const [title, method, answer, expected] of nonsense) {
    it(`says what is wrong with ${title}`, async () => {
      if (method !== "create" && method !== "check") await stack.up(one);
      const before = await stack.names();
      stack.provider.on(method, "a", answer);
      const change = async (): Promise<void> => void new Thing("a", { value: "2" });
      const run = method === "read" ? await stack.refresh() : await stack.up(change);
      const errors = run.messages.filter((text) => expected.test(text));
      assert.equal(errors.length, 1, run.messages.join("\n"));
      assert.deepEqual(await stack.names(), before);
      // What a creation made, nobody knows then; a provider that throws says that it made nothing.
      const unknown = method === "create" && !title.endsWith("that was thrown");
      assert.deepEqual(await pending(), unknown ? [`creating ${urnOf("a")}`] : []);
    });
  }

  it("to a creation is settled by the next update, where the provider can tell what it made", async () => {
    const provider = new FindingProvider();
    const settled = await ThingStack.make(provider);
    try {
      provider.on("create", "a", async (_, own) => ({ ...((await own()) as CreateResult), id: 7 }));
      assert.match((await settled.up(one)).failure ?? "", /id is 7, expected a string/);
      assert.deepEqual([...provider.cloud.keys()], ["a-1"]);
      const run = await settled.up(one);
      assert.deepEqual([run.failure, run.calls, run.changes], [undefined, [], { same: 2 }]);
      assert.deepEqual([...provider.cloud.keys()], [(await settled.resource("a")).id]);
      assert.equal((await settled.deployment()).pending_operations, undefined);
    } finally {
      await settled.remove();
    }
  });

  it("to a creation that did not become ready is not taken over either", async () => {
    stack.provider.on("create", "a", throwing(new PartialFailure("not ready", "", { value: "1" }, ["busy"])));
    const run = await stack.up(one);
    assert.match(run.failure ?? "", /empty resource.ID from create/);
    assert.deepEqual([await stack.names(), await pending()], [[], [`creating ${urnOf("a")}`]]);
  });

  it("keeps numbers for which JSON has no form", async () => {
    const outputs = { nan: NaN, most: Infinity, least: -Infinity, list: [0.5, NaN] };
    stack.provider.on("create", "a", () => ({ id: "x", outputs }));
    assert.equal((await stack.up(one)).failure, undefined);
    let olds: unknown;
    stack.provider.on("diff", "a", ({ oldOutputs }: { oldOutputs: unknown }, own) => {
      olds = oldOutputs;
      return own();
    });
    assert.deepEqual((await stack.up(one)).steps, ["same a"]);
    assert.deepEqual(olds, outputs);
  });

  it("takes an empty answer to read for a resource that is gone", async () => {
    await stack.up(one);
    stack.provider.on("read", "a", () => ({ id: "", outputs: {} }));
    assert.deepEqual([(await stack.refresh()).failure, await stack.names()], [undefined, []]);
  });
});

function cyclic(): unknown {
  const outputs: Record<string, unknown> = {};
  outputs.self = outputs;
  return { id: "x", outputs };
}
