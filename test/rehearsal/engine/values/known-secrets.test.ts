import assert from "node:assert/strict";
import fc from "fast-check";
import { KnownSecrets } from "../../../../rehearsal/engine/values/known-secrets";
import { SIGNATURE_KEY, SIGNATURES, type PropertyMap } from "../../../../rehearsal/engine/values/property-value";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";

const SECRET = "correct-horse";

function marked(properties: PropertyMap, outputs: PropertyMap = { password: makeSecret(SECRET) }): PropertyMap {
  const secrets = new KnownSecrets();
  secrets.remember(outputs);
  return secrets.mark(properties);
}

describe("KnownSecrets", () => {
  it("marks a known secret sent in clear, alone or inside a longer text, at any depth", () => {
    const url = `postgres://admin:${SECRET}@db`;
    assert.deepEqual(marked({ a: SECRET, b: { c: [url, "other"] } }), {
      a: makeSecret(SECRET),
      b: { c: [makeSecret(url), "other"] },
    });
  });

  it("knows the texts inside a secret object, and none outside of a secret", () => {
    const outputs = { db: { user: "administrator", login: makeSecret({ user: "a", passwords: [SECRET] }) } };
    assert.deepEqual(marked({ a: SECRET, b: "administrator" }, outputs), { a: makeSecret(SECRET), b: "administrator" });
  });

  it("leaves texts of less than eight characters alone", () => {
    assert.deepEqual(marked({ region: "local-1" }, { region: makeSecret("local-1") }), { region: "local-1" });
  });

  it("leaves what is a secret already as it is", () => {
    const secret = makeSecret(SECRET);
    assert.equal(marked({ secret }).secret, secret);
  });

  it("makes an output value that holds a known secret a secret one and keeps its dependencies", () => {
    const output = { [SIGNATURE_KEY]: SIGNATURES.output, value: [SECRET], dependencies: ["urn"] };
    assert.deepEqual(marked({ output }).output, { ...output, secret: true });
    const plain = { ...output, value: "plain" };
    assert.equal(marked({ plain }).plain, plain);
  });

  it("returns the very same properties where nothing is known", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (properties) => {
        assert.equal(marked(properties as PropertyMap, {}), properties);
      }),
    );
  });
});
