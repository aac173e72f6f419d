import assert from "node:assert/strict";
import { applyReplaceOnChanges } from "../../../../rehearsal/engine/deployment/replace-on-changes";
import { needsReplacement } from "../../../../rehearsal/engine/deployment/resource-diff";
import type { DiffResult } from "../../../../rehearsal/engine/provider/provider";

describe("replacements on changes", () => {
  const some = (more: Partial<DiffResult>): DiffResult => ({ changes: "some", ...more });
  const table: readonly [string, DiffResult, string[], boolean, boolean][] = [
    ["no difference", { changes: "none" }, ["a"], false, false],
    ["another property", some({ changedKeys: ["b"] }), ["a"], false, false],
    ["the property", some({ changedKeys: ["a"] }), ["a"], false, true],
    ["any property", some({ changedKeys: ["b"] }), ["*"], false, true],
    ["a part that is not told apart", some({ changedKeys: ["a"] }), ["a.b"], false, false],
    ["the detailed part", some({ detailedDiff: { "a.b[0]": { kind: "add", inputDiff: true } } }), ["a.b"], false, true],
    [
      "a detailed neighbour",
      some({ detailedDiff: { "a.c": { kind: "add", inputDiff: true } } }),
      ["a.b"],
      false,
      false,
    ],
    ["a failed initialisation", { changes: "none" }, ["#initerror"], true, true],
    ["a failed initialisation in detail", some({ detailedDiff: {} }), ["#initerror"], true, true],
    ["a failed initialisation that is not named", { changes: "none" }, ["a"], true, false],
  ];
  for (const [title, diff, paths, initErrors, expected] of table) {
    it(`${expected ? "follow" : "do not follow"} from ${title}`, () => {
      assert.equal(needsReplacement(applyReplaceOnChanges(diff, paths, initErrors)), expected);
    });
  }

  it("fail for a path that cannot be read", () => {
    assert.throws(() => applyReplaceOnChanges(some({}), ["a["], false), /missing closing bracket/);
  });

  it("keep the kind of a change that needs one already", () => {
    const diff = some({ detailedDiff: { a: { kind: "delete-replace", inputDiff: true } } });
    assert.deepEqual(applyReplaceOnChanges(diff, ["a"], false).detailedDiff, diff.detailedDiff);
  });
});
