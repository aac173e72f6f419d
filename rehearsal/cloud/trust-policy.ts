import type { PropertyMap, PropertyValue } from "../engine/values/property-value";
import { isMap } from "../engine/values/property-value";
import { CloudError } from "./cloud-error";
import { statementsOf, textsIn } from "./tables/aws/policy-document";

/** The claims of an OIDC token: `iss`, `aud`, `sub` and whatever else the issuer puts in. */
export type TokenClaims = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Whether a token may assume a role, and which statement or condition decides that. */
export interface TrustDecision {
  readonly allowed: boolean;
  readonly reason: string;
}

type Test = (claim: string, value: string) => boolean;

const OPERATORS: Readonly<Record<string, { test: Test; negated: boolean }>> = {
  StringEquals: { test: (claim, value) => claim === value, negated: false },
  StringNotEquals: { test: (claim, value) => claim === value, negated: true },
  StringEqualsIgnoreCase: { test: sameIgnoringCase, negated: false },
  StringNotEqualsIgnoreCase: { test: sameIgnoringCase, negated: true },
  StringLike: { test: isLike, negated: false },
  StringNotLike: { test: isLike, negated: true },
};

/**
 * Whether `sts:AssumeRoleWithWebIdentity` succeeds for a token under a role's trust policy, as AWS evaluates it: a deny
 * wins; a condition on a claim that the token lacks fails, except for negated operators, `IfExists`, and the trap
 * `ForAllValues:`, which is true when there is nothing to compare. Throws CloudError for a condition operator that is not
 * evaluated here.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function evaluateTrust(assumeRolePolicy: string, claims: TokenClaims): TrustDecision {
  const statements = statementsOf(JSON.parse(assumeRolePolicy) as PropertyValue).filter(isMap);
  const verdicts = statements.map((statement, i) => ({
    statement,
    ...verdict(statement, nameOf(statement, i), claims),
  }));
  const matching = (effect: string) =>
    verdicts.find(({ statement, applies }) => applies && statement.Effect === effect);
  const deny = matching("Deny");
  if (deny) return { allowed: false, reason: `denied by ${deny.reason}` };
  const allow = matching("Allow");
  if (allow) return { allowed: true, reason: `allowed by ${allow.reason}` };
  const reasons = verdicts.filter(({ statement }) => statement.Effect === "Allow").map(({ reason }) => reason);
  return { allowed: false, reason: reasons.length > 0 ? reasons.join("; ") : "no statement allows anything" };
}

function verdict(statement: PropertyMap, name: string, claims: TokenClaims): { applies: boolean; reason: string } {
  const actions = textsIn(statement.Action);
  if (!actions.some((action) => sameIgnoringCase(action, WEB_IDENTITY) || isLike(WEB_IDENTITY, action))) {
    return { applies: false, reason: `${name} is not about ${WEB_IDENTITY} but ${actions.join(", ")}` };
  }
  const issuer = withoutScheme(single(claims.iss) ?? "");
  const providers = isMap(statement.Principal) ? textsIn(statement.Principal.Federated) : textsIn(statement.Principal);
  if (!providers.some((provider) => provider === "*" || issuerOf(provider) === issuer)) {
    return {
      applies: false,
      reason: `${name} trusts ${providers.join(", ") || "no provider"}, the token is from "${issuer}"`,
    };
  }
  const failed = failedCondition(statement.Condition, claims, issuer);
  return failed === undefined ? { applies: true, reason: name } : { applies: false, reason: `${name}: ${failed}` };
}

const WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";

function failedCondition(
  condition: PropertyValue | undefined,
  claims: TokenClaims,
  issuer: string,
): string | undefined {
  const blocks = isMap(condition) ? Object.entries(condition) : [];
  for (const [operator, keys] of blocks) {
    for (const [key, expected] of isMap(keys) ? Object.entries(keys) : []) {
      const values = textsIn(expected);
      const actual = claimsFor(key, claims, issuer);
      if (!holds(operator, actual, values)) {
        const got = actual.length > 0 ? actual.map((value) => `"${value}"`).join(", ") : "nothing";
        return `${operator} ${key} wants ${values.map((value) => `"${value}"`).join(" or ")}, the token has ${got}`;
      }
    }
  }
  return undefined;
}

function holds(operator: string, actual: readonly string[], values: readonly string[]): boolean {
  const [, quantifier, bare = "", ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (bare === "Null") return values.every((value) => (value === "true") === (actual.length === 0));
  const known = Object.hasOwn(OPERATORS, bare) ? OPERATORS[bare] : undefined;
  if (known === undefined) {
    throw new CloudError(
      `the trust evaluator does not know the condition operator "${operator}"; it knows ${Object.keys(OPERATORS).join(", ")} and Null, ` +
        "with ForAnyValue:, ForAllValues: and IfExists",
    );
  }
  if (ifExists && actual.length === 0) return true;
  const one = (claim: string): boolean => values.some((value) => known.test(claim, value)) !== known.negated;
  if (quantifier === "ForAllValues") return actual.every(one);
  if (quantifier === "ForAnyValue") return actual.some(one);
  if (actual.length === 0) return known.negated;
  return actual.every(one);
}

/** Claims are condition keys with the provider's address before them, without `https://`. */
function claimsFor(key: string, claims: TokenClaims, issuer: string): readonly string[] {
  const prefix = `${issuer}:`;
  if (!key.toLowerCase().startsWith(prefix.toLowerCase())) return [];
  const value = claims[key.slice(prefix.length)];
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

function isLike(claim: string, pattern: string): boolean {
  const source = [...pattern].map((c) =>
    c === "*" ? "[^]*" : c === "?" ? "[^]" : c.replace(/[\\^$.|+()[\]{}/-]/g, "\\$&"),
  );
  return new RegExp(`^${source.join("")}$`, "u").test(claim);
}

function sameIgnoringCase(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function issuerOf(provider: string): string {
  return provider.includes(":oidc-provider/") ? provider.slice(provider.indexOf("/") + 1) : withoutScheme(provider);
}

function withoutScheme(url: string): string {
  return url.replace(/^https:\/\//, "").replace(/\/$/, "");
}

function single(claim: string | readonly string[] | undefined): string | undefined {
  return typeof claim === "string" ? claim : claim?.[0];
}

function nameOf(statement: PropertyMap, i: number): string {
  return typeof statement.Sid === "string" && statement.Sid !== "" ? `statement "${statement.Sid}"` : `statement ${i}`;
}
