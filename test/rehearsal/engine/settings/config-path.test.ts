import assert from "node:assert/strict";
import fc from "fast-check";
import { formatConfigPath, parseConfigPath, type ConfigPath } from "../../../../rehearsal/engine/settings/config-path";

describe("path of structured configuration", () => {
  const cases: [string, ConfigPath][] = [
    ["root", ["root"]],
    ["root.nested", ["root", "nested"]],
    ['root["nested"].deep', ["root", "nested", "deep"]],
    ["root.array[0]", ["root", "array", 0]],
    ["root[0][10].x", ["root", 0, 10, "x"]],
    ["root.array[*].field", ["root", "array", "*", "field"]],
    ['["a.b"]["c"]', ["a.b", "c"]],
    ['root["key with \\"quotes\\""]', ["root", 'key with "quotes"']],
    ["foo-bar.b c", ["foo-bar", "b c"]],
    ["a..b", ["a", "b"]],
    ["a[0]b", ["a", 0, "b"]],
    ["ns:key.x", ["ns:key", "x"]],
    ["a.42", ["a", "42"]],
  ];
  for (const [text, path] of cases) {
    it(`reads ${text}`, () => assert.deepEqual(parseConfigPath(text), path));
  }

  for (const text of ["", ".a", "a.", "a.[0]", "a[", "a[x]", 'a["b', 'a["b"', "[0]", '[""].a', "a[1", "a[-1]"]) {
    it(`fails for '${text}'`, () =>
      assert.throws(() => parseConfigPath(text), { name: "EngineError", message: /path|config key/ }));
  }

  it("is read back as it was written", () => {
    // Within quotes only a quote can be escaped: a backslash at the end would escape the closing one.
    const name = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => !text.endsWith("\\"));
    const path = fc.tuple(name, fc.array(fc.oneof(name, fc.nat(100)))).map(([first, rest]) => [first, ...rest]);
    fc.assert(fc.property(path, (steps) => assert.deepEqual(parseConfigPath(formatConfigPath(steps)), steps)));
  });
});
