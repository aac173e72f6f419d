import assert from "node:assert/strict";
import fc from "fast-check";
import {
  credentialPairs,
  type CredentialPair,
  type DeployedResource,
} from "../../../automation/rotation/credential-pair";
import { rotationDue } from "../../../automation/rotation/rotation-due";

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.parse("2026-11-21T00:00:00Z");

const slot = (name: string, madeDay: number, lifetime = 730) => ({
  urn: `urn::${name}`,
  name,
  madeAt: NOW + madeDay * DAY,
  expiresAt: NOW + (madeDay + lifetime) * DAY,
});
const pair = (...slots: CredentialPair["slots"]): CredentialPair => ({ principal: "ci", kind: "secret", slots });

describe("the decision about a rotation", () => {
  const table: [what: string, pair: CredentialPair, status: string, published: string, replace: string | undefined][] =
    [
      ["is current far from the end", pair(slot("a", 0), slot("b", 0)), "current", "a", undefined],
      ["is current one day before the window", pair(slot("a", -669), slot("b", -669)), "current", "a", undefined],
      ["is due from the first day of the window on", pair(slot("a", -670), slot("b", -670)), "due", "a", "urn::b"],
      [
        "replaces the older secret, not the published one",
        pair(slot("a", -900), slot("b", -700)),
        "due",
        "b",
        "urn::a",
      ],
      ["is due when the published secret has ended", pair(slot("a", -1000), slot("b", -800)), "expired", "b", "urn::a"],
      [
        "is current once the other secret was made anew",
        pair(slot("a", 0), slot("b", -700)),
        "current",
        "a",
        undefined,
      ],
      ["waits for the second secret", pair(slot("a", -700)), "incomplete", "a", undefined],
    ];
  for (const [what, given, status, published, replace] of table) {
    it(what, () => {
      const [decision] = rotationDue([given], NOW);
      assert.deepEqual([decision?.status, decision?.published.name, decision?.replace], [status, published, replace]);
    });
  }

  it("never replaces what is published, and replaces nothing that is not near its end", () =>
    fc.assert(
      fc.property(fc.integer({ min: -900, max: 0 }), fc.integer({ min: -900, max: 0 }), fc.nat(400), (a, b, window) => {
        const [decision] = rotationDue([pair(slot("a", a), slot("b", b))], NOW, window);
        assert.notEqual(decision?.replace, decision?.published.urn);
        assert.equal(decision?.replace !== undefined, decision!.published.expiresAt - NOW <= window * DAY);
        assert.equal(decision?.published.madeAt, NOW + Math.max(a, b) * DAY);
      }),
    ));
});

describe("the pairs of secrets of a state", () => {
  const password = (name: string, more: Partial<DeployedResource> = {}): DeployedResource => ({
    urn: `urn:pulumi:dev::p::t::${name}`,
    type: "azuread:index/applicationPassword:ApplicationPassword",
    outputs: { startDate: "2026-11-21T00:00:00Z", endDate: "2028-11-20T00:00:00Z", value: "hush" },
    ...more,
  });

  it("are found by type and name, without values and without what waits to be deleted", () => {
    const secret = {
      urn: "urn:pulumi:dev::p::t::dbx-secret-a",
      type: "databricks:index/servicePrincipalSecret:ServicePrincipalSecret",
      outputs: { createTime: "2026-11-21T00:00:00Z", expireTime: "2028-11-20T00:00:00Z", secret: "hush" },
    };
    const found = credentialPairs([
      password("ci-secret-b"),
      password("ci-secret-a"),
      password("ci-secret-b", { delete: true }),
      password("something-else"),
      secret,
    ]);
    assert.deepEqual(
      found.map(({ principal, slots }) => [principal, slots.map(({ name }) => name)]),
      [
        ["ci", ["ci-secret-a", "ci-secret-b"]],
        ["dbx", ["dbx-secret-a"]],
      ],
    );
    assert.equal(JSON.stringify(found).includes("hush"), false);
  });

  it("fail where a secret has no end", () => {
    assert.throws(() => credentialPairs([password("ci-secret-a", { outputs: {} })]), /startDate of .* is undefined/);
  });
});
