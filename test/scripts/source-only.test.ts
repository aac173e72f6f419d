import assert from "node:assert/strict";
import { SourceMap } from "node:module";
import { transformSync } from "esbuild";
import { sourceOnly, type ScriptCoverages } from "../../scripts/source-only";

const URL = "file:///project/engine/half.ts";
const SOURCE = `import { ok } from "node:assert";
export function half(n: number): number {
  return n > 1 ? n / 2 : ok(n) ?? 0;
}
`;

describe("the coverage of the sources alone", () => {
  const { code, map } = transformSync(SOURCE, { format: "cjs", platform: "node", loader: "ts", sourcemap: "external" });
  const lines = code.split("\n");

  /** What V8 tells of a function, its ranges given by their texts in the compiled code. */
  function told(
    functionName: string,
    ...texts: readonly string[]
  ): ScriptCoverages["result"][number]["functions"][number] {
    const ranges = texts.map((text) => {
      const startOffset = code.indexOf(text);
      assert.notEqual(startOffset, -1, text);
      return { startOffset, endOffset: startOffset + text.length, count: 1 };
    });
    return { functionName, isBlockCoverage: true, ranges };
  }

  const body = code.slice(code.indexOf("function half"), code.indexOf("\n}", code.indexOf("function half")) + 2);
  const own = [told("", code), told("half", body, "n / 2", "(0, import_node_assert.ok)(n) ?? 0")];
  const helpers = [
    told("__copyProps", "(to, from, except, desc) => {", 'typeof from === "function"'),
    told("half", "() => half"),
    told("", "(module.exports = {\n  half\n})"),
  ];
  const coverages: ScriptCoverages = {
    result: [
      { url: URL, functions: [...own, ...helpers] },
      { url: "file:///project/other.ts", functions: [told("other", body)] },
    ],
    "source-map-cache": {
      [URL]: { lineLengths: lines.map(({ length }) => length), data: new SourceMap(JSON.parse(map)).payload },
    },
  };

  it("has all of the code and nothing of what the compiler adds", () => {
    assert.deepEqual(sourceOnly(coverages, "/engine/").result, [{ url: URL, functions: own }]);
  });

  it("is that of the scripts asked for, of which one without a map is left as it is", () => {
    const { result } = sourceOnly(coverages, "/other");
    assert.deepEqual(result, coverages.result.slice(1));
  });
});
