import type { PropertyMap, PropertyValue } from "../../../engine/values/property-value";
import { isMap } from "../../../engine/values/property-value";
import { isUnknown } from "../../../engine/values/unknown-value";

/** Where a policy is attached, which decides over the elements that its statements need. */
export type PolicyKind = "identity" | "resource" | "trust";

const STATEMENT_KEYS = [
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"],
] as const;

const CONDITION_OPERATORS: ReadonlySet<string> = new Set(
  [
    ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike"],
    ["StringNotLike", "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals"],
    ["NumericGreaterThan", "NumericGreaterThanEquals", "DateEquals", "DateNotEquals", "DateLessThan"],
    ["DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals", "Bool", "BinaryEquals", "IpAddress"],
    ["NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Null"],
  ].flat(),
);

/**
 * What is wrong with a policy document of AWS.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyFaults(kind: PolicyKind): (document: PropertyValue) => readonly string[] {
  return (document) => {
    if (!isMap(document)) return ["must be a policy document, an object with Version and Statement"];
    const faults: string[] = [];
    if (document.Version !== "2012-10-17" && document.Version !== "2008-10-17") {
      faults.push(`Version must be "2012-10-17" or "2008-10-17", got ${JSON.stringify(document.Version)}`);
    }
    for (const key of Object.keys(document)) {
      if (!["Version", "Id", "Statement"].includes(key)) faults.push(`"${key}" is no element of a policy document`);
    }
    const statements = statementsOf(document);
    if (statements.length === 0) faults.push("Statement must hold at least one statement");
    statements.forEach((statement, i) => {
      faults.push(...statementFaults(statement, kind).map((fault) => `Statement[${i}]: ${fault}`));
    });
    return faults;
  };
}

/** The statements of a parsed policy document; a lone statement need not be in a list. */
export function statementsOf(document: PropertyValue | undefined): PropertyValue[] {
  if (!isMap(document) || document.Statement === undefined) return [];
  return Array.isArray(document.Statement) ? document.Statement : [document.Statement];
}

/** A JSON document from its text; undefined where that is unknown or damaged, which `check` reports. */
export function parsedPolicy(text: PropertyValue | undefined): PropertyMap | undefined {
  if (typeof text !== "string" || isUnknown(text)) return undefined;
  try {
    const value = JSON.parse(text) as PropertyValue;
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The value as a list of texts: AWS takes one text or several. */
export function textsIn(value: PropertyValue | undefined): string[] {
  const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return values.flatMap((element) => (typeof element === "string" ? [element] : []));
}

function statementFaults(statement: PropertyValue, kind: PolicyKind): string[] {
  if (!isMap(statement)) return ["must be an object"];
  const faults: string[] = [];
  for (const key of Object.keys(statement)) {
    if (!(STATEMENT_KEYS as readonly string[]).includes(key)) faults.push(`"${key}" is no element of a statement`);
  }
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny") {
    faults.push(`Effect must be "Allow" or "Deny", got ${JSON.stringify(statement.Effect)}`);
  }
  const exactlyOne = (a: string, b: string): void => {
    if ((statement[a] === undefined) === (statement[b] === undefined))
      faults.push(`needs exactly one of ${a} and ${b}`);
  };
  exactlyOne("Action", "NotAction");
  if (kind !== "trust") exactlyOne("Resource", "NotResource");
  else if (statement.Resource !== undefined) faults.push("a trust policy has no Resource");
  if (kind !== "identity") exactlyOne("Principal", "NotPrincipal");
  else if (statement.Principal !== undefined || statement.NotPrincipal !== undefined) {
    faults.push("an identity policy has no Principal");
  }
  if (kind === "identity" && typeof statement.Sid === "string" && !/^[0-9A-Za-z]*$/.test(statement.Sid)) {
    faults.push(`Sid must have letters and digits only, got "${statement.Sid}"`);
  }
  for (const action of [...textsIn(statement.Action), ...textsIn(statement.NotAction)]) {
    if (action !== "*" && !/^[a-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)) {
      faults.push(`an action must be "service:Action", got "${action}"`);
    }
  }
  return [...faults, ...conditionFaults(statement.Condition)];
}

function conditionFaults(condition: PropertyValue | undefined): string[] {
  if (condition === undefined) return [];
  if (!isMap(condition)) return ["Condition must be an object"];
  return Object.entries(condition).flatMap(([operator, keys]) => {
    const bare = operator.replace(/^(ForAllValues|ForAnyValue):/, "").replace(/IfExists$/, "");
    if (!CONDITION_OPERATORS.has(bare)) return [`"${operator}" is no condition operator`];
    return isMap(keys) ? [] : [`Condition.${operator} must be an object of keys and values`];
  });
}
