import assert from "node:assert/strict";
import { annotateSecrets, forProvider } from "../../../../rehearsal/engine/deployment/provider-values";
import { SIGNATURE_KEY, SIGNATURES } from "../../../../rehearsal/engine/values/property-value";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";
import { urnOf } from "./support/thing-stack";

describe("values for a provider", () => {
  const reference = { [SIGNATURE_KEY]: SIGNATURES.resource, urn: urnOf("a"), id: "a-1", packageVersion: "1.0.0" };
  const values = { plain: 1, hidden: makeSecret("s"), deep: [{ x: makeSecret(2) }], resource: reference };

  it("are plain, with ids for resources, where it takes neither secrets nor references", () => {
    assert.deepEqual(forProvider(values, {}), { plain: 1, hidden: "s", deep: [{ x: 2 }], resource: "a-1" });
    assert.deepEqual(forProvider({ r: { ...reference, id: "" } }, {}), { r: urnOf("a") });
  });

  it("are left as they are where it takes both, references with name and type", () => {
    const full = forProvider(values, { acceptSecrets: true, acceptResources: true });
    const expected = { ...reference, name: "a", type: "tst:index:Thing" };
    assert.deepEqual(full, { ...values, resource: expected });
  });

  it("are secret again where they were given as secrets", () => {
    const given = { a: makeSecret(1), b: { c: makeSecret(1), d: 1 }, e: [makeSecret(1)], gone: makeSecret(1) };
    const answer = { a: 2, b: { c: 2, d: 2 }, e: [2], more: 2 };
    const marked = { a: makeSecret(2), b: { c: makeSecret(2), d: 2 }, e: makeSecret([2]), more: 2 };
    assert.deepEqual(annotateSecrets(answer, given), marked);
    assert.equal(annotateSecrets(answer, { a: 1 }), answer);
  });
});
