import assert from "node:assert/strict";
import fc from "fast-check";
import { coerced, getAt, removeAt, setAt, type StoredValue } from "../../../../rehearsal/engine/settings/config-object";
import type { ConfigPath } from "../../../../rehearsal/engine/settings/config-path";

describe("structured configuration", () => {
  const coercions: [string, unknown][] = [
    ["true", true],
    ["false", false],
    ["True", "True"],
    ["0", 0],
    ["42", 42],
    ["-7", -7],
    ["+5", 5],
    ["007", "007"],
    ["1.5", "1.5"],
    ["1e3", "1e3"],
    ["", ""],
    ["9007199254740993", "9007199254740993"],
  ];
  for (const [text, value] of coercions) {
    it(`takes '${text}' of a command line for ${JSON.stringify(value)}`, () => assert.equal(coerced(text), value));
  }

  const settings: [StoredValue | undefined, ConfigPath, StoredValue, StoredValue][] = [
    [undefined, ["a", "b"], 1, { b: 1 }],
    [undefined, ["a", 0], "x", ["x"]],
    [undefined, ["a", 2], "x", [null, null, "x"]],
    [{ b: 1, c: 2 }, ["a", "b"], 3, { b: 3, c: 2 }],
    [["x"], ["a", 1, "k"], true, ["x", { k: true }]],
    ["text", ["a", "b"], 1, { b: 1 }],
    [{ secure: "v1:n:c" }, ["a", "b"], 1, { b: 1 }],
    [{}, ["a", "pw"], { secure: "v1:n:c" }, { pw: { secure: "v1:n:c" } }],
  ];
  for (const [before, path, value, after] of settings) {
    it(`becomes ${JSON.stringify(after)} when ${JSON.stringify(path)} is set in ${JSON.stringify(before)}`, () => {
      const copy = structuredClone(before);
      assert.deepEqual(setAt(before, path, value, 1), after);
      assert.deepEqual(before, copy, "the value itself stays as it was");
    });
  }

  const refusals: [StoredValue | undefined, ConfigPath, RegExp][] = [
    [["x"], ["a", 2], /a\[2\]: array index out of range: the list has 1 elements/],
    [["x"], ["a", "b"], /a\.b: key for an array must be an int/],
    [{ b: "text" }, ["a", "b", "c"], /a\.b\.c: expected a map/],
    [{ b: { c: 1 } }, ["a", "b", 0], /a\.b\[0\]: expected an array/],
    [{}, ["a", "secure"], /maps with the single key "secure" are reserved/],
  ];
  for (const [before, path, message] of refusals) {
    it(`fails to set ${JSON.stringify(path)} in ${JSON.stringify(before)}`, () =>
      assert.throws(() => setAt(before, path, "v", 1), { name: "EngineError", message }));
  }

  it("refuses a removal that leaves what looks like a secret", () => {
    assert.throws(() => removeAt({ secure: "text", other: 1 }, ["other"]), /are reserved/);
    assert.deepEqual(removeAt({ a: [1, 2, 3] }, ["a", 1]), { a: [1, 3] });
    assert.deepEqual(removeAt({ a: 1 }, ["b", "c"]), { a: 1 });
    assert.deepEqual(removeAt({ a: [{ k: 1, l: 2 }] }, ["a", 0, "k"]), { a: [{ l: 2 }] });
    assert.deepEqual(removeAt({ a: { b: { c: 1, d: 2 } } }, ["a", "b", "c"]), { a: { b: { d: 2 } } });
  });

  const nowhere: [StoredValue, ConfigPath][] = [
    [["x"], ["name"]],
    [{ "0": "x" }, [0]],
    ["text", ["name"]],
    [{ secure: "v1:n:c" }, ["secure"]],
    [{ a: 1 }, ["constructor"]],
  ];
  for (const [value, path] of nowhere) {
    it(`has nothing at ${JSON.stringify(path)} of ${JSON.stringify(value)}`, () =>
      assert.equal(getAt(value, path), undefined));
  }

  it("answers at a path what was set there, and nothing after its removal", () => {
    const key = fc.string({ minLength: 1 }).filter((text) => text !== "secure");
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 4 }), fc.oneof(fc.string(), fc.integer()), (path, value) => {
        const set = setAt({}, path, value);
        assert.equal(getAt(set, path), value);
        assert.equal(getAt(removeAt(set, path), path), undefined);
      }),
    );
  });
});
