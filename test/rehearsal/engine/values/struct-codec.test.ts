import assert from "node:assert/strict";
import fc from "fast-check";
import { Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import {
  SIGNATURE_KEY,
  type PropertyMap,
  type PropertyValue,
} from "../../../../rehearsal/engine/values/property-value";
import { fromStruct, fromValue, toStruct, toValue } from "../../../../rehearsal/engine/values/struct-codec";
import { propertyMap, special } from "./property-arbitrary";

const overTheWire = (properties: PropertyMap): PropertyMap =>
  fromStruct(Struct.deserializeBinary(toStruct(properties).serializeBinary()));

describe("the codec of property values", () => {
  it("gives back over the wire what it was given, special objects and unknowns included", () => {
    fc.assert(fc.property(propertyMap, (given) => assert.deepEqual(overTheWire(given), given)));
  });

  it("takes an absent struct as no properties, an empty value as null, and leaves out what is undefined", () => {
    assert.deepEqual(fromStruct(undefined), {});
    assert.equal(fromValue(new Value()), null);
    assert.deepEqual(fromStruct(toStruct({ a: undefined as never, b: 1 })), { b: 1 });
    assert.equal(fromValue(toValue(true)), true);
  });

  // google-protobuf itself drops the key, in the program's process as in this one.
  it("never takes a property whose name is __proto__ for the prototype", () => {
    const given = JSON.parse('{"__proto__": {"a": 1}, "o": [{"__proto__": null, "b": 2}]}') as PropertyMap;
    const received = overTheWire(given);
    assert.equal(received.a, undefined);
    assert.deepEqual(received.o, [{ b: 2 }]);
    assert.equal(Object.getPrototypeOf(received), Object.prototype);
  });

  const malformed: readonly [what: string, value: PropertyValue, message: RegExp][] = [
    ["a secret without a value", special("secret", {}), /^malformed secret "p": it has no value$/],
    [
      "a reference without a urn",
      special("resource", { id: "1" }),
      /^malformed resource reference "p": it has no urn$/,
    ],
    [
      "a urn that is a number",
      special("resource", { urn: 1 }),
      /"p": its urn is a value of type number, expected text$/,
    ],
    ["an id that is null", special("resource", { urn: "u", id: null }), /its id is null, expected text$/],
    ["an id that is an object", special("resource", { urn: "u", id: {} }), /its id is a value of type object/],
    ["a version that is a list", special("resource", { urn: "u", packageVersion: [] }), /its packageVersion is a list/],
    [
      "an output whose secret is text",
      special("output", { secret: "yes" }),
      /output value "p": its secret is .* string/,
    ],
    ["an output whose dependencies are text", special("output", { dependencies: "u" }), /no list of URNs$/],
    ["an output that depends on a number", special("output", { dependencies: [1] }), /no list of URNs$/],
    ["an asset whose text is a number", special("asset", { text: 1 }), /^malformed asset "p": its text is/],
    ["an archive whose path is a list", special("archive", { path: [] }), /^malformed archive "p": its path is a list/],
    [
      "an archive whose assets are a list",
      special("archive", { assets: [] }),
      /its assets are a list, expected an object$/,
    ],
    [
      "an archive with text in it",
      special("archive", { assets: { x: "y" } }),
      /its member "x" is neither an asset nor/,
    ],
    [
      "a byte string without text",
      { [SIGNATURE_KEY]: "803fd3297a5875dc03ca845dda5d2a98", value: 1 },
      /byte string "p"/,
    ],
    ["an unknown signature", { [SIGNATURE_KEY]: "nobody" }, /^unknown signature "nobody" in an object of "p"$/],
    ["a signature that is a number", { [SIGNATURE_KEY]: 1 }, /^unknown signature 1 in an object of "p"$/],
  ];
  for (const [what, value, message] of malformed) {
    it(`fails for ${what}, at any depth, with the name of the property`, () => {
      assert.throws(() => fromStruct(toStruct({ p: value })), { message });
      assert.throws(() => fromStruct(toStruct({ o: [{ p: [value] }] })), { message });
    });
  }

  const sound: readonly PropertyMap[] = [
    special("resource", { urn: "u", id: special("output", {}) }),
    special("output", {}),
    special("archive", {}),
    special("archive", { assets: { a: special("asset", { text: "" }), b: special("archive", { path: "x" }) } }),
    { [SIGNATURE_KEY]: "803fd3297a5875dc03ca845dda5d2a98", value: "/w==" },
  ];
  for (const value of sound) {
    it(`accepts ${JSON.stringify(value)}`, () => assert.deepEqual(overTheWire({ value }), { value }));
  }

  it("carries 100 MB of text", () => {
    const text = "x".repeat(100 * 1024 * 1024);
    assert.equal((overTheWire({ text }).text as string).length, text.length);
  });

  it("carries objects that are nested 900 levels deep", () => {
    let deep: PropertyValue = "end";
    for (let i = 0; i < 900; i++) deep = i % 2 ? [deep] : { deeper: deep };
    assert.deepEqual(overTheWire({ deep }), { deep });
  });
});
