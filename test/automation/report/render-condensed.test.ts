import assert from "node:assert/strict";
import fc from "fast-check";
import pico from "picocolors";
import { OperationTree, type ResourceChange, type ResourceRow } from "../../../automation/report/operation-tree";
import { isTooLong, renderCondensed, renderSlowest } from "../../../automation/report/render-condensed";

const screen = (height: number, live = true) => ({
  ...{ live, height, width: 100, colours: pico.createColors(false) },
  out: () => {},
  err: () => {},
});

type Given = Partial<ResourceRow> & { readonly name: string };

function treeOf(rows: readonly Given[], planning = false): OperationTree {
  const tree = new OperationTree();
  tree.planning = planning;
  const whole = rows.map((row): ResourceRow => ({
    ...{ urn: row.name, type: "aws:s3/bucket:Bucket", parent: "stack", change: "create", status: "done", startedAt: 0 },
    ...row,
  }));
  Object.defineProperty(tree, "resources", { value: whole });
  return tree;
}

const many = (count: number, rest: Partial<ResourceRow> = {}) =>
  Array.from({ length: count }, (_, index): Given => ({
    name: `${rest.change ?? "create"}-${rest.type ?? ""}${index}`,
    ...rest,
  }));

describe("a tree that is too long for the screen", () => {
  it("is told as one only to somebody who looks at a screen", () => {
    assert.equal(isTooLong(treeOf(many(30)), screen(24)), true);
    assert.equal(isTooLong(treeOf(many(12)), screen(24)), false);
    assert.equal(isTooLong(treeOf(many(30)), screen(24, false)), false);
  });

  it("names what failed and what is lost, and counts the rest by change and type", () => {
    const tree = treeOf([
      ...many(40),
      ...many(9, { type: "aws:iam/role:Role", change: "update" }),
      ...many(20, { change: "same" }),
      { name: "gone", change: "delete" },
      { name: "anew", change: "replace", type: "aws:dynamodb/table:Table" },
      { name: "broken", status: "failed" },
    ]);
    assert.deepEqual(renderCondensed(tree, screen(30)), [
      "+ create failed  aws:s3:Bucket  broken",
      "- deleted  aws:s3:Bucket  gone",
      "± replaced  aws:dynamodb:Table  anew",
      "+ created  40 × aws:s3:Bucket",
      "~ updated  9 × aws:iam:Role",
    ]);
  });

  it("fits the screen whatever is in it, and counts every change", () => {
    const changes: ResourceChange[] = ["create", "update", "delete", "replace", "same", "read"];
    const row = fc.record({
      change: fc.constantFrom(...changes),
      status: fc.constantFrom("done" as const, "failed" as const),
      type: fc.constantFrom("a:b:C", "a:b:D", "a:b:E", "a:b:F", "a:b:G", "a:b:H", "a:b:I"),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 80 }), fc.integer({ min: 10, max: 60 }), (rows, height) => {
        const tree = treeOf(rows.map((one, index) => ({ ...one, name: `r${index}` })));
        const lines = renderCondensed(tree, screen(height));
        assert.ok(lines.length <= Math.max(3, height - 12), lines.join("\n"));
        const counted = lines.map((line) => Number(/(\d+) (?:×|resources more)/.exec(line)?.[1] ?? 1));
        const expected = rows.filter(({ change, status }) => change !== "same" || status === "failed").length;
        assert.equal(
          counted.reduce((sum, count) => sum + count, 0),
          expected,
        );
      }),
    );
  });
});

describe("the slowest resources", () => {
  it("are told with their times, the longest first, without those that wait for their children", () => {
    const tree = treeOf([
      { name: "group", urn: "group", startedAt: 0, endedAt: 90_000, type: "a:b:Group" },
      { name: "quick", startedAt: 0, endedAt: 900, parent: "group" },
      { name: "slow", startedAt: 500, endedAt: 3_000 },
      { name: "slower", startedAt: 1_000, endedAt: 61_000 },
      { name: "same", change: "same", startedAt: 0, endedAt: 99_000 },
    ]);
    assert.deepEqual(renderSlowest(tree), ["slowest: slower (aws:s3:Bucket) 60.0 s, slow (aws:s3:Bucket) 2.5 s"]);
  });

  it("are none in a preview, and where nothing took a second", () => {
    assert.deepEqual(renderSlowest(treeOf([{ name: "a", startedAt: 0, endedAt: 9_000 }], true)), []);
    assert.deepEqual(renderSlowest(treeOf([{ name: "a", startedAt: 0, endedAt: 999 }])), []);
  });
});
