import { createHash } from "node:crypto";
import type { PropertyMap, PropertyValue } from "../../../engine/values/property-value";
import { isMap } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import { list, object, oneOf, set, text, asText } from "../../schema/property-schema";
import type { FunctionTable } from "../table";
import type { AwsScope } from "./aws-scope";
import { parsedPolicy, statementsOf, textsIn } from "./policy-document";

const principals = set(object({ identifiers: set(text(), { required: true }), type: text({ required: true }) }));

/**
 * A policy document from its parts, laid out as the Terraform data source does it.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export const getPolicyDocument: FunctionTable<AwsScope> = {
  token: "aws:iam/getPolicyDocument:getPolicyDocument",
  args: {
    overrideJson: text(),
    overridePolicyDocuments: list(text()),
    policyId: text(),
    sourceJson: text(),
    sourcePolicyDocuments: list(text()),
    statements: list(
      object({
        actions: set(text()),
        conditions: set(
          object({
            test: text({ required: true }),
            values: list(text(), { required: true }),
            variable: text({ required: true }),
          }),
        ),
        effect: oneOf(["Allow", "Deny"]),
        notActions: set(text()),
        notPrincipals: principals,
        notResources: set(text()),
        principals,
        resources: set(text()),
        sid: text(),
      }),
    ),
    version: oneOf(["2008-10-17", "2012-10-17"]),
  },
  answer: (args) => {
    const own = maps(args.statements).map(statementOf);
    const sources = documentsOf("sourcePolicyDocuments", args.sourceJson, args.sourcePolicyDocuments);
    const overrides = documentsOf("overridePolicyDocuments", args.overrideJson, args.overridePolicyDocuments);
    const statements = overrides.reduce((all, later) => overridden(all, later), overridden(sources.flat(), own, true));
    const document = {
      Version: args.version ?? "2012-10-17",
      ...(args.policyId === undefined ? {} : { Id: args.policyId }),
      Statement: statements,
    };
    const json = JSON.stringify(document, null, 2);
    const id = asText(createHash("sha256").update(json).digest().readUInt32BE(0));
    return { ...args, version: document.Version, id, json, minifiedJson: JSON.stringify(document) };
  },
};

function statementOf(block: PropertyMap): PropertyMap {
  const statement: PropertyMap = {};
  if (typeof block.sid === "string" && block.sid !== "") statement.Sid = block.sid;
  statement.Effect = block.effect ?? "Allow";
  const texts = {
    Action: block.actions,
    NotAction: block.notActions,
    Resource: block.resources,
    NotResource: block.notResources,
  };
  for (const [key, values] of Object.entries(texts)) {
    if (textsIn(values).length > 0) statement[key] = oneOrSeveral(textsIn(values).sort().reverse());
  }
  for (const [key, blocks] of Object.entries({ Principal: block.principals, NotPrincipal: block.notPrincipals })) {
    if (maps(blocks).length > 0) statement[key] = principalOf(maps(blocks));
  }
  const conditions: PropertyMap = {};
  for (const { test, variable, values } of maps(block.conditions)) {
    const operator = (conditions[asText(test)] ??= {}) as PropertyMap;
    operator[asText(variable)] = oneOrSeveral([...textsIn(operator[asText(variable)]), ...textsIn(values)]);
  }
  if (Object.keys(conditions).length > 0) statement.Condition = conditions;
  return statement;
}

function principalOf(blocks: readonly PropertyMap[]): PropertyValue {
  if (blocks.some(({ type, identifiers }) => type === "*" && textsIn(identifiers).includes("*"))) return "*";
  const byType: PropertyMap = {};
  for (const { type, identifiers } of blocks) {
    const all = [...textsIn(byType[asText(type)]), ...textsIn(identifiers)];
    byType[asText(type)] = oneOrSeveral(all.sort().reverse());
  }
  return byType;
}

/** Later statements take the place of earlier ones of the same Sid; `unique` refuses that instead. */
function overridden(earlier: PropertyValue[], later: PropertyValue[], unique = false): PropertyValue[] {
  const result = [...earlier];
  for (const statement of later) {
    const sid = isMap(statement) ? statement.Sid : undefined;
    const at = sid === undefined ? -1 : result.findIndex((other) => isMap(other) && other.Sid === sid);
    if (at < 0) result.push(statement);
    else if (unique) throw new CloudError(`duplicate Sid (${asText(sid)}) in statements; a Sid may be used once`);
    else result[at] = statement;
  }
  return result;
}

function documentsOf(
  name: string,
  single: PropertyValue | undefined,
  several: PropertyValue | undefined,
): PropertyValue[][] {
  return [...textsIn(single), ...textsIn(several)].map((text) => {
    const document = parsedPolicy(text);
    if (document === undefined) throw new CloudError(`${name} must hold JSON documents, got "${text}"`);
    return statementsOf(document);
  });
}

function oneOrSeveral(values: string[]): PropertyValue {
  return values.length === 1 ? values[0]! : values;
}

function maps(value: PropertyValue | undefined): PropertyMap[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}
