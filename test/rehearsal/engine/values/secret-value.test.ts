import assert from "node:assert/strict";
import fc from "fast-check";
import {
  asOutputValues,
  downgradeOutputValues,
  isOutputValue,
  outputDependencies,
} from "../../../../rehearsal/engine/values/output-value";
import { isMap, signatureOf, UNKNOWN, type PropertyValue } from "../../../../rehearsal/engine/values/property-value";
import {
  containsSecrets,
  isSecret,
  makeSecret,
  secretElement,
  unwrapSecrets,
  unwrapSecretsOf,
} from "../../../../rehearsal/engine/values/secret-value";
import { containsUnknowns, isUnknown } from "../../../../rehearsal/engine/values/unknown-value";
import { propertyMap, propertyValue, special } from "./property-arbitrary";

function anyOf(value: PropertyValue, test: (value: PropertyValue) => boolean): boolean {
  if (test(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some((element) => anyOf(element, test));
}

describe("secrets", () => {
  it("are found wherever they are, and gone when unwrapped", () => {
    fc.assert(
      fc.property(propertyValue, (value) => {
        assert.equal(containsSecrets(value), anyOf(value, isSecret));
        assert.equal(
          anyOf(unwrapSecrets(value), (inner) => isSecret(inner) || isOutputValue(inner)),
          false,
        );
      }),
    );
  });

  it("are not wrapped twice, and give back what they hide", () => {
    assert.deepEqual(makeSecret(makeSecret(1)), makeSecret(1));
    assert.equal(secretElement(special("secret", { value: makeSecret("x") })), "x");
    assert.equal(secretElement("x"), "x");
    assert.equal(containsSecrets(undefined), false);
  });

  it("leave properties without any uncopied", () => {
    const plain = { a: [{ b: 1 }] };
    assert.equal(unwrapSecretsOf(plain), plain);
    assert.deepEqual(unwrapSecretsOf({ a: [makeSecret({ b: special("output", { value: makeSecret(1) }) })] }), {
      a: [{ b: 1 }],
    });
    assert.equal(unwrapSecrets(special("output", {})), null);
  });
});

describe("output values", () => {
  it("become unknowns, secrets and plain values for a provider", () => {
    assert.deepEqual(
      downgradeOutputValues({
        known: special("output", { value: 1, dependencies: ["u"] }),
        secret: special("output", { value: "s", secret: true }),
        unknown: special("output", {}),
        both: [special("output", { secret: true })],
        nested: special("output", { value: { x: special("output", { value: 2 }) } }),
      }),
      { known: 1, secret: makeSecret("s"), unknown: UNKNOWN, both: [makeSecret(UNKNOWN)], nested: { x: 2 } },
    );
  });

  it("are all gone once downgraded, and nothing else is changed", () => {
    fc.assert(
      fc.property(propertyValue, (value) => {
        const downgraded = downgradeOutputValues(value);
        assert.equal(anyOf(downgraded, isOutputValue), false);
        if (!anyOf(value, isOutputValue)) assert.equal(downgraded, value);
      }),
    );
  });

  it("tell what they depend on, at any depth", () => {
    const value = {
      a: [special("output", { value: special("output", { dependencies: ["v"] }), dependencies: ["u"] })],
    };
    assert.deepEqual([...outputDependencies(value)], ["u", "v"]);
    assert.deepEqual([...outputDependencies("x", new Set(["w"]))], ["w"]);
  });

  it("say of secrets and unknowns what downgrading brings back", () => {
    fc.assert(
      fc.property(propertyMap, (map) => {
        const plain = downgradeOutputValues(map);
        const upgraded = asOutputValues(plain);
        assert.equal(anyOf(upgraded, isSecret), false);
        assert.deepEqual(normal(downgradeOutputValues(upgraded)), normal(plain));
      }),
    );
  });
});

/** A secret of a secret is but a secret. */
function normal(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) return value.map(normal);
  if (isSecret(value)) return makeSecret(normal(secretElement(value)));
  if (!isMap(value)) return isUnknown(value) ? UNKNOWN : value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, normal(element)]));
}

describe("unknowns", () => {
  it("are every sentinel and every output value without a value", () => {
    assert.ok(isUnknown("6a19a0b0-7e62-4c92-b797-7f8e31da9cc2"));
    assert.ok(isUnknown(special("output", { secret: true })));
    for (const known of [undefined, null, "", UNKNOWN.toUpperCase(), special("output", { value: null })]) {
      assert.equal(isUnknown(known), false);
    }
  });

  it("are found wherever they are", () => {
    fc.assert(fc.property(propertyValue, (value) => assert.equal(containsUnknowns(value), anyOf(value, isUnknown))));
    assert.equal(signatureOf(undefined), undefined);
  });
});
