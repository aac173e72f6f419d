import assert from "node:assert/strict";
import fc from "fast-check";
import { describeValue } from "../../../../rehearsal/engine/deployment/describe-value";
import { planDifferences } from "../../../../rehearsal/engine/plan/plan-differences";
import type { PlanDiff } from "../../../../rehearsal/engine/plan/plan-file";
import { diffObjects } from "../../../../rehearsal/engine/values/object-diff";
import { UNKNOWN, type PropertyMap } from "../../../../rehearsal/engine/values/property-value";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";
import { propertyMap } from "../values/property-arbitrary";

const differences = (olds: PropertyMap, news: PropertyMap, plan: PlanDiff): string[] =>
  planDifferences(olds, news, plan, describeValue);

function planOf(olds: PropertyMap, news: PropertyMap): PlanDiff {
  const { adds = {}, deletes = {}, updates = {} } = diffObjects(olds, news) ?? {};
  const changed = Object.entries(updates).map(([key, change]) => [key, change.new] as const);
  return { adds, deletes: Object.keys(deletes), updates: Object.fromEntries(changed) };
}

describe("planDifferences", () => {
  const cases: readonly [what: string, olds: PropertyMap, news: PropertyMap, plan: PlanDiff, found: string[]][] = [
    ["nothing planned, nothing done", { a: 1 }, { a: 1 }, {}, []],
    ["the planned addition", {}, { a: 1 }, { adds: { a: 1 } }, []],
    ["another value added", {}, { a: 2 }, { adds: { a: 1 } }, ["++a[{1}!={2}]"]],
    ["an addition that was not planned", {}, { a: 1 }, {}, ["=+a[{1}]"]],
    ["an addition where an update was planned", {}, { a: 1 }, { updates: { a: 1 } }, ["~+a[{1}!={1}]"]],
    ["an addition where a deletion was planned", {}, { a: 1 }, { deletes: ["a"] }, ["-+a[{1}]"]],
    ["an addition that was left out", {}, {}, { adds: { a: 1 } }, ["+-a[{1}]"]],
    ["an unknown addition that came to nothing", {}, {}, { adds: { a: UNKNOWN } }, []],
    ["an unknown addition that came to something", {}, { a: [1] }, { adds: { a: UNKNOWN } }, []],
    ["an addition that is there already", { a: 1 }, { a: 1 }, { adds: { a: 1 } }, []],
    ["an addition that is there with another value", { a: 2 }, { a: 2 }, { adds: { a: 1 } }, ["+=a[{1}!={2}]"]],
    ["an addition that became an update", { a: 2 }, { a: 1 }, { adds: { a: 1 } }, []],
    ["an addition that became a deletion", { a: 2 }, {}, { adds: { a: 1 } }, ["+-a[{1}]"]],
    ["the planned update", { a: 1 }, { a: 2 }, { updates: { a: 2 } }, []],
    ["another value in an update", { a: 1 }, { a: 3 }, { updates: { a: 2 } }, ["~~a[{2}!={3}]"]],
    ["an update that was not planned", { a: 1 }, { a: 2 }, {}, ["=~a[{2}]"]],
    ["an update where a deletion was planned", { a: 1 }, { a: 2 }, { deletes: ["a"] }, ["-~a[{2}]"]],
    ["an update that was done already", { a: 2 }, { a: 2 }, { updates: { a: 2 } }, []],
    ["an update that was left out", { a: 1 }, { a: 1 }, { updates: { a: 2 } }, ["~=a[{2}!={1}]"]],
    ["an update of what is gone", {}, {}, { updates: { a: 2 } }, ["~-a[{2}]"]],
    ["an unknown update of what is gone", {}, {}, { updates: { a: UNKNOWN } }, []],
    ["an update that became a deletion", { a: 1 }, {}, { updates: { a: 2 } }, ["~-a[{2}]"]],
    ["an unknown update that became a deletion", { a: 1 }, {}, { updates: { a: UNKNOWN } }, []],
    ["the planned deletion", { a: 1 }, {}, { deletes: ["a"] }, []],
    ["a deletion that was not planned", { a: 1 }, {}, {}, ["=-a"]],
    ["a deletion that was done already", {}, { b: 1 }, { adds: { b: 1 }, deletes: ["a"] }, []],
    ["a deletion left out beside a change", { a: 1 }, { a: 1, b: 1 }, { adds: { b: 1 }, deletes: ["a"] }, ["-=a[{1}]"]],
    ["a deletion left out while nothing changes", { a: 1 }, { a: 1 }, { deletes: ["a"] }, []],
    ["a secret added", {}, { a: makeSecret("hush") }, {}, ["=+a[[secret]]"]],
    ["a secret in clear", {}, { a: "hush" }, { adds: { a: makeSecret("hush") } }, ["++a[[secret]!=[secret]]"]],
    ["a value that became secret", { a: 0 }, { a: makeSecret(2) }, { updates: { a: 2 } }, ["~~a[[secret]!=[secret]]"]],
  ];
  for (const [what, olds, news, plan, found] of cases) {
    it(`tells ${found.join(", ") || "nothing"} of ${what}`, () =>
      assert.deepEqual(differences(olds, news, plan), found));
  }

  it("finds nothing in the very change that was planned", () => {
    fc.assert(
      fc.property(propertyMap, propertyMap, (olds, news) => {
        const known = JSON.stringify([olds, news]).includes(UNKNOWN) ? [{}, {}] : [olds, news];
        assert.deepEqual(differences(known[0]!, known[1]!, planOf(known[0]!, known[1]!)), []);
      }),
    );
  });

  it("finds the one property more or less, and never shows a secret", () => {
    fc.assert(
      fc.property(propertyMap, propertyMap, (olds, news) => {
        const more = { ...news, "one more": makeSecret("hush hush") };
        const found = differences(olds, more, planOf(olds, news));
        assert.ok(found.includes("=+one more[[secret]]"));
        assert.ok(!found.join().includes("hush"));
      }),
    );
  });
});
