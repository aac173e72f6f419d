import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalProperties } from "../../../../rehearsal/engine/values/canonical-value";
import { mapsEqual } from "../../../../rehearsal/engine/values/property-equality";
import type { PropertyMap, PropertyValue } from "../../../../rehearsal/engine/values/property-value";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";
import { propertyMap, special } from "./property-arbitrary";

describe("canonicalProperties", () => {
  it("keeps of special objects what the state has of them, however deep they are", () => {
    const asset = special("asset", { text: "t", hash: "h" });
    const reference = special("resource", { urn: "u", id: "", name: "n", type: "t" });
    assert.deepEqual(
      canonicalProperties({
        a: [makeSecret({ ...asset, size: 5 })],
        b: { r: reference, s: special("resource", { urn: "v", id: "1", packageVersion: "2.0.0" }) },
        c: special("archive", { path: "p", hash: "h", format: "zip" }),
      }),
      {
        a: [makeSecret(asset)],
        b: {
          r: special("resource", { urn: "u", packageVersion: "" }),
          s: special("resource", { urn: "v", id: "1", packageVersion: "2.0.0" }),
        },
        c: special("archive", { path: "p", hash: "h" }),
      },
    );
  });

  it("changes no value to the engine, and nothing the second time", () => {
    fc.assert(
      fc.property(propertyMap, (given) => {
        const once = canonicalProperties(given);
        assert.ok(mapsEqual(once, given));
        assert.deepEqual(canonicalProperties(once), once);
      }),
    );
  });

  it("copies nothing where nothing changes, and lets undefined properties be", () => {
    const given: PropertyMap = { a: [1, { b: "c", u: undefined as never }], n: Number.NaN, u: undefined as never };
    assert.equal(canonicalProperties(given), given);
  });

  it("accepts objects without a prototype", () => {
    const given = { a: Object.assign(Object.create(null) as PropertyMap, { b: 1 }) };
    assert.deepEqual({ ...(canonicalProperties(given).a as PropertyMap) }, { b: 1 });
  });

  const circle: { self?: unknown } = {};
  circle.self = circle;
  const ring: unknown[] = [];
  ring.push(ring);
  const refused: readonly [what: string, value: unknown, message: RegExp][] = [
    [
      "a function",
      () => 1,
      /^property "p" holds a function; allowed are text, numbers, booleans, null, lists and objects$/,
    ],
    ["a symbol", Symbol("s"), /holds a symbol;/],
    ["a bigint", 10n, /holds a bigint;/],
    ["a hole in a list", [undefined], /holds undefined;/],
    ["a date", new Date(0), /holds an instance of Date;/],
    ["a map", new Map(), /holds an instance of Map;/],
    ["bytes", Buffer.from("x"), /holds an instance of Buffer;/],
    ["an error", new Error("secret text"), /holds an instance of Error;/],
    [
      "an object of no known class",
      Object.create(Object.create(Object.create(null) as object) as object),
      /of a class;/,
    ],
    [
      "an object that contains itself",
      circle,
      /^property "self" contains itself, or is nested more than 1000 levels deep$/,
    ],
    ["a list that contains itself", ring, /^property "p" contains itself/],
    ["a malformed secret", special("secret", {}), /^malformed secret "p"/],
  ];
  for (const [what, value, message] of refused) {
    it(`fails for ${what}`, () => {
      assert.throws(() => canonicalProperties({ p: value as PropertyValue }), { message });
      assert.throws(() => canonicalProperties({ o: { p: [value as PropertyValue] } }), { message });
    });
  }

  for (const [value, kind] of [
    [undefined, "undefined"],
    [null, "null"],
    ["x", "a string"],
    [[1], "a list"],
  ] as const) {
    it(`fails for ${kind} in place of properties`, () =>
      assert.throws(() => canonicalProperties(value as never), {
        message: `expected an object of properties, got ${kind}`,
      }));
  }
});
