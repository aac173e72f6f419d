import assert from "node:assert/strict";
import { processIgnoreChanges } from "../../../../rehearsal/engine/deployment/ignore-changes";
import type { PropertyMap } from "../../../../rehearsal/engine/values/property-value";
import { testDeployment } from "./support/states";
import { urnOf } from "./support/thing-stack";

describe("ignored changes", () => {
  const table: readonly [string, PropertyMap, PropertyMap, string[], PropertyMap, boolean?][] = [
    ["nothing", { a: 1 }, { a: 2 }, [], { a: 2 }],
    ["a property", { a: 1 }, { a: 2 }, ["a"], { a: 1 }],
    ["an added property", {}, { a: 2 }, ["a"], {}],
    ["a removed property", { a: 1 }, {}, ["a"], { a: 1 }],
    ["a nested property", { a: { b: 1, c: 1 } }, { a: { b: 2, c: 2 } }, ["a.b"], { a: { b: 1, c: 2 } }],
    ["a quoted name", { a: { "b.c": 1 } }, { a: { "b.c": 2 } }, ['a["b.c"]'], { a: { "b.c": 1 } }],
    ["an element", { a: [1, 1] }, { a: [2, 2] }, ["a[1]"], { a: [2, 1] }],
    ["every element", { a: [1, 1] }, { a: [2, 2] }, ["a[*]"], { a: [1, 1] }],
    [
      "a property of every element",
      { a: [{ b: 1, c: 1 }] },
      { a: [{ b: 2, c: 2 }] },
      ["a[*].b"],
      { a: [{ b: 1, c: 2 }] },
    ],
    ["every property", { a: 1 }, { a: 2, b: 2 }, ["*"], { a: 1 }],
    ["an added element", { a: [1] }, { a: [1, 2] }, ["a[1]"], { a: [1, 2] }, true],
    ["a removed element", { a: [1, 2] }, { a: [1] }, ["a[1]"], { a: [1] }, true],
    ["below what is not there", { a: 1 }, { a: 2 }, ["x.y.z"], { a: 2 }],
    ["what is no path", { a: 1 }, { a: 2 }, ["a["], { a: 2 }],
  ];
  for (const [title, olds, news, paths, expected, told = false] of table) {
    it(`set back ${title}`, () => {
      const { deployment, reported } = testDeployment({});
      const before = structuredClone(news);
      assert.deepEqual(processIgnoreChanges(deployment.diagnostics, urnOf("a"), news, olds, paths), expected);
      assert.deepEqual([news, reported.length > 0], [before, told], reported.join());
    });
  }
});
