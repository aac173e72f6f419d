import assert from "node:assert/strict";
import fc from "fast-check";
import { hasValue, mapsEqual, propertiesEqual } from "../../../../rehearsal/engine/values/property-equality";
import { UNKNOWN, type PropertyValue } from "../../../../rehearsal/engine/values/property-value";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";
import { propertyMap, propertyValue, special } from "./property-arbitrary";

const OTHER_UNKNOWN = "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7";
const urn = "urn:pulumi:dev::demo::sim:index:Thing::a";

describe("propertiesEqual", () => {
  const equal: readonly [PropertyValue | undefined, PropertyValue | undefined][] = [
    [null, undefined],
    [{ a: null }, {}],
    [{}, { a: null }],
    [UNKNOWN, OTHER_UNKNOWN],
    [
      [1, { a: [2] }],
      [1, { a: [2] }],
    ],
    [makeSecret(1), makeSecret(1)],
    [special("asset", { hash: "h", text: "a" }), special("asset", { hash: "h", path: "b" })],
    [special("archive", { hash: "h", path: "a" }), special("archive", { hash: "h", assets: {} })],
    [special("asset", { text: "a" }), special("asset", { text: "a", hash: "h" })],
    [
      special("resource", { urn, id: "1", packageVersion: "1" }),
      special("resource", { urn, id: "1", packageVersion: "2" }),
    ],
    [special("resource", { urn, id: UNKNOWN }), special("resource", { urn, id: UNKNOWN })],
  ];
  for (const [a, b] of equal) {
    it(`holds for ${JSON.stringify(a)} and ${JSON.stringify(b)}`, () => {
      assert.ok(propertiesEqual(a, b));
      assert.ok(propertiesEqual(b, a));
    });
  }

  const different: readonly [PropertyValue | undefined, PropertyValue | undefined][] = [
    [0, null],
    ["", undefined],
    [false, null],
    [1, "1"],
    [UNKNOWN, "x"],
    [[1], [1, 2]],
    [[1], { 0: 1 }],
    [{}, []],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [makeSecret(1), 1],
    [makeSecret(1), makeSecret(2)],
    [special("asset", { hash: "h" }), special("archive", { hash: "h" })],
    [special("asset", { hash: "h", text: "a" }), special("asset", { hash: "i", text: "a" })],
    [special("asset", { text: "a" }), special("asset", { text: "b" })],
    [special("resource", { urn, id: "1" }), special("resource", { urn, id: "2" })],
    [special("resource", { urn }), special("resource", { urn: `${urn}b` })],
    [special("output", { value: 1, secret: true }), special("output", { value: 1 })],
  ];
  for (const [a, b] of different) {
    it(`does not hold for ${JSON.stringify(a)} and ${JSON.stringify(b)}`, () => {
      assert.equal(propertiesEqual(a, b), false);
      assert.equal(propertiesEqual(b, a), false);
    });
  }

  it("holds for every value and its copy, and is symmetric", () => {
    fc.assert(
      fc.property(propertyValue, propertyValue, (a, b) => {
        assert.ok(propertiesEqual(a, structuredClone(a)));
        assert.equal(propertiesEqual(a, b), propertiesEqual(b, a));
      }),
    );
  });

  it("does not see a property that is null", () => {
    fc.assert(fc.property(propertyMap, (map) => assert.ok(mapsEqual(map, { ...map, "not there": null }))));
  });

  it("takes null as no value, and everything else as one", () => {
    assert.deepEqual(
      [undefined, null, 0, "", false, [], {}].map((value) => hasValue(value)),
      [false, false, true, true, true, true, true],
    );
  });
});
