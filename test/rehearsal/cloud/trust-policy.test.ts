import assert from "node:assert/strict";
import type { TokenClaims } from "../../../rehearsal/cloud/trust-policy";
import { evaluateTrust } from "../../../rehearsal/cloud/trust-policy";

const ISSUER = "token.actions.githubusercontent.com";
const token: TokenClaims = {
  iss: `https://${ISSUER}`,
  aud: "sts.amazonaws.com",
  sub: "repo:acme/platform:environment:dev",
  repository_id: "700",
  amr: ["a", "b"],
};

function trust(condition: object, rest: object = {}): string {
  const Principal = { Federated: `arn:aws:iam::111111111111:oidc-provider/${ISSUER}` };
  const statement = {
    Effect: "Allow",
    Principal,
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
    ...rest,
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

describe("evaluateTrust", () => {
  const key = (claim: string): string => `${ISSUER}:${claim}`;
  const cases: [string, object, TokenClaims, boolean][] = [
    [
      "audience and subject that are equal",
      { StringEquals: { [key("aud")]: "sts.amazonaws.com", [key("sub")]: ["x", token.sub] } },
      token,
      true,
    ],
    ["another subject", { StringEquals: { [key("sub")]: "repo:acme/platform:environment:prd" } }, token, false],
    [
      "a subject in another case",
      { StringEquals: { [key("sub")]: "repo:Acme/platform:environment:dev" } },
      token,
      false,
    ],
    [
      "another case where that does not count",
      { StringEqualsIgnoreCase: { [key("sub")]: "repo:Acme/platform:environment:dev" } },
      token,
      true,
    ],
    ["a wildcard in StringEquals", { StringEquals: { [key("sub")]: "repo:acme/*" } }, token, false],
    ["a wildcard in StringLike", { StringLike: { [key("sub")]: "repo:acme/*" } }, token, true],
    ["a wildcard of another owner", { StringLike: { [key("sub")]: "repo:acm?/platform:ref:*" } }, token, false],
    ["a claim that the token lacks", { StringEquals: { [key("environment")]: "dev" } }, token, false],
    [
      "a negated condition on a claim that the token lacks",
      { StringNotEquals: { [key("environment")]: "prd" } },
      token,
      true,
    ],
    [
      "IfExists on a claim that the token lacks",
      { StringEqualsIfExists: { [key("environment")]: "dev" } },
      token,
      true,
    ],
    [
      "ForAllValues on a claim that the token lacks: the trap",
      { "ForAllValues:StringEquals": { [key("environment")]: "dev" } },
      token,
      true,
    ],
    [
      "ForAllValues on a claim with a value too many",
      { "ForAllValues:StringEquals": { [key("amr")]: "a" } },
      token,
      false,
    ],
    [
      "ForAnyValue on a claim that the token lacks",
      { "ForAnyValue:StringEquals": { [key("environment")]: "dev" } },
      token,
      false,
    ],
    ["ForAnyValue on one of several values", { "ForAnyValue:StringEquals": { [key("amr")]: ["b", "c"] } }, token, true],
    ["Null on a claim that is there", { Null: { [key("sub")]: "true" } }, token, false],
    ["a key without the provider's address", { StringEquals: { sub: token.sub } }, token, false],
    ["a token of another issuer", {}, { ...token, iss: "https://gitlab.com" }, false],
  ];
  for (const [what, condition, claims, allowed] of cases) {
    it(`${allowed ? "allows" : "denies"} ${what}`, () => {
      const decision = evaluateTrust(trust(condition), claims);
      assert.equal(decision.allowed, allowed, decision.reason);
      assert.notEqual(decision.reason, "");
    });
  }

  it("lets a deny win", () => {
    const { Statement } = JSON.parse(trust({})) as { Statement: object[] };
    const deny = { ...Statement[0], Sid: "no", Effect: "Deny" };
    const decision = evaluateTrust(JSON.stringify({ Version: "2012-10-17", Statement: [Statement[0], deny] }), token);
    assert.deepEqual(decision, { allowed: false, reason: 'denied by statement "no"' });
  });
  it("denies where a statement is about another action, and says so", () => {
    assert.match(
      evaluateTrust(trust({}, { Action: "sts:AssumeRole" }), token).reason,
      /is not about sts:AssumeRoleWithWebIdentity but sts:AssumeRole/,
    );
  });
  it("fails for an operator that it does not know", () => {
    assert.throws(
      () => evaluateTrust(trust({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }), token),
      /does not know the condition operator "IpAddress"/,
    );
  });
});
