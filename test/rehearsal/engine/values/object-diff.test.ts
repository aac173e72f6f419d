import assert from "node:assert/strict";
import fc from "fast-check";
import {
  changedKeys,
  detailedDiff,
  diffObjects,
  diffWithUnknowns,
  matchesUnknowns,
} from "../../../../rehearsal/engine/values/object-diff";
import { mapsEqual } from "../../../../rehearsal/engine/values/property-equality";
import { getAtPath, parsePropertyPath } from "../../../../rehearsal/engine/values/property-path";
import { UNKNOWN, type PropertyMap, type PropertyValue } from "../../../../rehearsal/engine/values/property-value";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";
import { propertyMap, propertyValue, special } from "./property-arbitrary";

describe("diffObjects", () => {
  it("tells additions, deletions, updates and what stayed apart, null being absent", () => {
    const olds = { same: 1, gone: 2, changed: 3, nothing: null, becomes: null, ceases: 5, null: null };
    const news = { same: 1, changed: 4, added: 6, nothing: null, becomes: 7, ceases: null, none: null };
    const diff = diffObjects(olds, news)!;
    assert.deepEqual(diff, {
      adds: { added: 6, becomes: 7 },
      deletes: { gone: 2, ceases: 5 },
      updates: { changed: { old: 3, new: 4 } },
      sames: { same: 1 },
    });
    assert.deepEqual(changedKeys(diff), ["added", "becomes", "ceases", "changed", "gone"]);
  });

  it("is empty exactly for equal properties", () => {
    fc.assert(
      fc.property(propertyMap, propertyMap, (olds, news) => {
        assert.equal(diffObjects(olds, structuredClone(olds)), undefined);
        assert.equal(diffObjects(olds, news) === undefined, mapsEqual(olds, news));
      }),
    );
  });

  it("has each property that is there in exactly one of its parts, and turns round with its sides", () => {
    fc.assert(
      fc.property(propertyMap, propertyMap, (olds, news) => {
        const diff = diffObjects(olds, news);
        const back = diffObjects(news, olds);
        assert.deepEqual(Object.keys(diff?.adds ?? {}).sort(), Object.keys(back?.deletes ?? {}).sort());
        assert.deepEqual(Object.keys(diff?.updates ?? {}).sort(), Object.keys(back?.updates ?? {}).sort());
        if (!diff) return;
        const parts = [diff.adds, diff.deletes, diff.updates, diff.sames].flatMap((part) => Object.keys(part));
        const there = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
          (key) => (olds[key] ?? null) !== null || (news[key] ?? null) !== null,
        );
        assert.deepEqual(parts.sort(), there.sort());
      }),
    );
  });
});

describe("a difference with unknowns", () => {
  const matching: readonly [PropertyValue | undefined, PropertyValue | undefined][] = [
    [UNKNOWN, 1],
    [1, UNKNOWN],
    [UNKNOWN, undefined],
    [special("output", {}), "x"],
    [
      [UNKNOWN, 2],
      [1, 2],
    ],
    [{ a: UNKNOWN }, {}],
    [{ a: { b: UNKNOWN } }, { a: { b: [1] } }],
    [makeSecret(UNKNOWN), makeSecret("x")],
  ];
  for (const [a, b] of matching) {
    it(`lets ${JSON.stringify(a)} be ${JSON.stringify(b)}`, () => assert.ok(matchesUnknowns(a, b)));
  }

  const differing: readonly [PropertyValue | undefined, PropertyValue | undefined][] = [
    [[UNKNOWN], [1, 2]],
    [
      [UNKNOWN, 1],
      [1, 2],
    ],
    [{}, { a: 1 }],
    [{ a: UNKNOWN, b: 1 }, { a: 1 }],
    [makeSecret(UNKNOWN), "x"],
    [makeSecret(1), makeSecret(2)],
  ];
  for (const [a, b] of differing) {
    it(`does not let ${JSON.stringify(a)} be ${JSON.stringify(b)}`, () => assert.equal(matchesUnknowns(a, b), false));
  }

  it("lets an unknown be anything, wherever it is put", () => {
    fc.assert(
      fc.property(propertyMap, propertyValue, (map, value) => {
        assert.equal(diffWithUnknowns({ ...map, u: UNKNOWN }, { ...structuredClone(map), u: value }), undefined);
        assert.equal(diffWithUnknowns({ ...map, u: UNKNOWN }, structuredClone({ ...map, u: null })), undefined);
      }),
    );
  });
});

describe("detailedDiff", () => {
  const cases: readonly [olds: PropertyMap, news: PropertyMap, kinds: Record<string, string>][] = [
    [{ a: 1 }, { a: 1 }, {}],
    [{ a: 1 }, { a: 2, b: 3 }, { a: "update", b: "add" }],
    [{ a: 1, b: null }, { b: null }, { a: "delete" }],
    [
      { a: { b: { c: 1, d: 2 } } },
      { a: { b: { c: 3, e: 2 } } },
      { "a.b.c": "update", "a.b.d": "delete", "a.b.e": "add" },
    ],
    [{ l: [1, { x: 1 }] }, { l: [1, { x: 2 }, 3] }, { "l[1].x": "update", "l[2]": "add" }],
    [{ l: [1, 2] }, { l: [1] }, { "l[1]": "delete" }],
    [{ "a.b": { c: 1 } }, { "a.b": { c: 2 } }, { '["a.b"].c': "update" }],
    [{ a: { b: 1 } }, { a: [1] }, { a: "update" }],
    [{ s: makeSecret({ a: 1 }) }, { s: makeSecret({ a: 2 }) }, { s: "update" }],
    [{ f: special("asset", { hash: "1" }) }, { f: special("asset", { hash: "2" }) }, { f: "update" }],
  ];
  for (const [olds, news, kinds] of cases) {
    it(`tells ${JSON.stringify(kinds)} of ${JSON.stringify(olds)} and ${JSON.stringify(news)}`, () => {
      const expected = Object.entries(kinds).map(([path, kind]) => [path, { kind, inputDiff: true }]);
      assert.deepEqual(detailedDiff(olds, news), Object.fromEntries(expected));
    });
  }

  it("is empty exactly for equal properties, and each of its paths leads to a value that differs", () => {
    fc.assert(
      fc.property(propertyMap, propertyMap, (olds, news) => {
        const diff = detailedDiff(olds, news);
        assert.equal(Object.keys(diff).length === 0, mapsEqual(olds, news));
        for (const [text, { kind }] of Object.entries(diff)) {
          const path = parsePropertyPath(text);
          assert.equal(getAtPath(olds, path) === undefined || getAtPath(olds, path) === null, kind === "add");
          assert.equal(getAtPath(news, path) === undefined || getAtPath(news, path) === null, kind === "delete");
        }
      }),
    );
  });
});
