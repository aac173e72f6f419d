import assert from "node:assert/strict";
import fc from "fast-check";
import { ExportedState } from "../../../automation/bundle/exported-state";
import { SecretDigests } from "../../../automation/bundle/secret-digest";
import { stateFingerprint } from "../../../automation/bundle/state-fingerprint";

const digests = new SecretDigests("0".repeat(32));
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});
const urn = (name: string) => `urn:pulumi:dev::p::acme:index:Thing::${name}`;
const THING = {
  ...{ urn: urn("a"), custom: true, id: "a-1", type: "acme:index:Thing", parent: "urn:stack", protect: true },
  created: "2026-01-01T00:00:00Z",
  modified: "2026-01-01T00:00:00Z",
  sourcePosition: "project:///index.ts#1,2",
  inputs: { size: 1, on: false, list: [1, 2], token: secret("one") },
  outputs: { size: 1, arn: "arn:a" },
  dependencies: [urn("x"), urn("y")],
  propertyDependencies: { size: [urn("x")], on: [] },
  provider: "urn:provider::id",
};
const OTHER = { urn: urn("b"), custom: true, id: "b-1", type: "acme:index:Thing", inputs: { token: secret("two") } };
type Json = Record<string, unknown>;
const print = (resources: readonly Json[], more: Json = {}) =>
  stateFingerprint(new ExportedState({ version: 3, deployment: { manifest: {}, resources, ...more } }), digests);
const BASE = print([THING, OTHER]);

describe("the fingerprint of a state", () => {
  const SAME: readonly (readonly [what: string, resources: readonly Json[], more?: Json])[] = [
    ["by another engine at another time", [THING, OTHER], { manifest: { time: "later", version: "v9", magic: "x" } }],
    ["with another key", [THING, OTHER], { secrets_providers: { type: "passphrase", state: { salt: "v1:x" } } }],
    ["in another order", [OTHER, THING]],
    ["with other times and places", [{ ...THING, modified: "2027", sourcePosition: "x", stackTrace: ["y"] }, OTHER]],
    ["with dependencies in another order", [{ ...THING, dependencies: [urn("y"), urn("x")] }, OTHER]],
    [
      "with what is empty left out",
      [
        { ...THING, propertyDependencies: { size: [urn("x")], on: [] }, taint: false },
        { ...OTHER, external: false, aliases: null, outputs: {} },
      ],
    ],
    ["with keys in another order", [Object.fromEntries(Object.entries(THING).reverse()), OTHER]],
  ];
  for (const [what, resources, more] of SAME) {
    it(`is the same where it was written ${what}`, () => assert.equal(print(resources, more), BASE));
  }

  const MOVED: readonly (readonly [what: string, resources: readonly Json[], more?: Json])[] = [
    ["an id", [{ ...THING, id: "a-2" }, OTHER]],
    ["an input", [{ ...THING, inputs: { ...THING.inputs, size: 2 } }, OTHER]],
    ["an input that is false", [{ ...THING, inputs: { ...THING.inputs, on: true } }, OTHER]],
    ["an input that is gone", [{ ...THING, inputs: { size: 1, list: [1, 2], token: secret("one") } }, OTHER]],
    ["the order of a list", [{ ...THING, inputs: { ...THING.inputs, list: [2, 1] } }, OTHER]],
    ["an output", [{ ...THING, outputs: { size: 1, arn: "arn:b" } }, OTHER]],
    ["a secret", [{ ...THING, inputs: { ...THING.inputs, token: secret("three") } }, OTHER]],
    ["what is secret", [{ ...THING, inputs: { ...THING.inputs, size: secret(1) } }, OTHER]],
    ["the protection", [{ ...THING, protect: false }, OTHER]],
    ["a dependency", [{ ...THING, dependencies: [urn("x")] }, OTHER]],
    ["the provider", [{ ...THING, provider: "urn:provider::other" }, OTHER]],
    ["a mark for deletion", [{ ...THING, delete: true }, OTHER]],
    ["a resource more", [THING, OTHER, { ...OTHER, urn: urn("c") }]],
    ["a resource less", [THING]],
    ["a pending operation", [THING, OTHER], { pending_operations: [{ type: "creating", resource: OTHER }] }],
  ];
  for (const [what, resources, more] of MOVED) {
    it(`moves with ${what}`, () => assert.notEqual(print(resources, more), BASE));
  }

  it("moves where two resources exchange their secrets", () => {
    const exchanged = [
      { ...THING, inputs: { ...THING.inputs, token: secret("two") } },
      { ...OTHER, inputs: { token: secret("one") } },
    ];
    assert.notEqual(print(exchanged), BASE);
  });

  it("has nothing of a secret in it but a salted digest", () => {
    const [one, other] = ["0", "1"].map((digit) =>
      stateFingerprint(
        new ExportedState({ version: 3, deployment: { resources: [THING] } }),
        new SecretDigests(digit.repeat(32)),
      ),
    );
    assert.notEqual(one, other);
  });

  it("does not depend on the order of resources, whatever they are", () => {
    const resource = fc.record({
      urn: fc.integer({ min: 0, max: 50 }).map((number) => urn(String(number))),
      type: fc.constant("acme:index:Thing"),
      inputs: fc.dictionary(fc.string(), fc.jsonValue()),
      delete: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 6 }), (resources) => {
        assert.equal(print(resources), print([...resources].reverse()));
      }),
      { numRuns: 50 },
    );
  });
});
