import type { CheckFailure } from "../../../engine/provider/provider";
import type { PropertyMap } from "../../../engine/values/property-value";
import type { PropertySchemas } from "../../schema/property-schema";
import { flag, list, text, asText } from "../../schema/property-schema";
import { live, once, type ResourceTypeTable } from "../table";
import { githubTime, inEnvironment, inRepository, repositoryIdOf, type GithubScope } from "./github-scope";

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables#naming-conventions-for-configuration-variables */
const settingName = text({
  required: true,
  replace: true,
  pattern: /^(?!GITHUB_)[A-Za-z_][A-Za-z0-9_]*$/i,
  meaning: "letters, digits and underscores, beginning neither with a digit nor with GITHUB_",
});

const repositoryKeys: PropertySchemas = { repository: text({ required: true, replace: true }) };
const environmentKeys: PropertySchemas = { ...repositoryKeys, environment: text({ required: true, replace: true }) };

const times = {
  createdAt: once<GithubScope>(({ now }) => githubTime(now)),
  updatedAt: live<GithubScope>(({ now }) => githubTime(now)),
  repositoryId: once<GithubScope>(repositoryIdOf),
};

/** A variable has at most 48 KB. */
const variableValue = text({ required: true, maxLength: 49_152 });

/** A variable that workflows of a repository see. */
export const actionsVariable: ResourceTypeTable<GithubScope> = {
  type: "github:index/actionsVariable:ActionsVariable",
  properties: { ...repositoryKeys, value: variableValue, variableName: settingName },
  computed: times,
  idOf: ({ inputs }) => joined(inputs, "repository", "variableName"),
  taken: (_, owner) => `409 Already exists - Variable already exists: ${owner.id}`,
  references: [inRepository],
};

/** A variable that jobs of an environment see. */
export const actionsEnvironmentVariable: ResourceTypeTable<GithubScope> = {
  type: "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable",
  properties: { ...environmentKeys, value: variableValue, variableName: settingName },
  computed: times,
  idOf: ({ inputs }) => joined(inputs, "repository", "environment", "variableName"),
  taken: (_, owner) => `409 Already exists - Variable already exists: ${owner.id}`,
  references: [inRepository, inEnvironment],
};

const SECRET_VALUES = ["value", "valueEncrypted", "encryptedValue", "plaintextValue"];

const secretProperties: PropertySchemas = {
  encryptedValue: text({ secret: true }),
  keyId: text(),
  plaintextValue: text({ secret: true }),
  secretName: settingName,
  value: text({ secret: true }),
  valueEncrypted: text({ secret: true }),
};

/** A secret that jobs of an environment see. */
export const actionsEnvironmentSecret: ResourceTypeTable<GithubScope> = {
  type: "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret",
  properties: { ...environmentKeys, ...secretProperties },
  computed: { ...times, remoteUpdatedAt: live(({ now }) => githubTime(now)) },
  idOf: ({ inputs }) => joined(inputs, "repository", "environment", "secretName"),
  existing: "overwrite",
  rules: secretRules,
  references: [inRepository, inEnvironment],
};

/** A secret that workflows of a repository see. */
export const actionsSecret: ResourceTypeTable<GithubScope> = {
  type: "github:index/actionsSecret:ActionsSecret",
  properties: { ...repositoryKeys, ...secretProperties, destroyOnDrift: flag() },
  computed: { ...times, remoteUpdatedAt: live(({ now }) => githubTime(now)) },
  idOf: ({ inputs }) => joined(inputs, "repository", "secretName"),
  existing: "overwrite",
  rules: secretRules,
  references: [inRepository],
};

/**
 * Which claims make up the subject of a repository's OIDC tokens.
 * @see https://docs.github.com/en/actions/reference/security/oidc#customizing-the-token-claims
 */
export const oidcSubjectTemplate: ResourceTypeTable<GithubScope> = {
  type: "github:index/actionsRepositoryOidcSubjectClaimCustomizationTemplate:ActionsRepositoryOidcSubjectClaimCustomizationTemplate",
  properties: {
    ...repositoryKeys,
    includeClaimKeys: list(text({ pattern: /^[A-Za-z0-9_]+$/, meaning: "the name of a claim" }), { minItems: 1 }),
    useDefault: flag({ required: true }),
  },
  idOf: ({ inputs }) => asText(inputs.repository),
  existing: "overwrite",
  rules: ({ useDefault, includeClaimKeys }) =>
    useDefault === true && includeClaimKeys !== undefined
      ? [{ property: "includeClaimKeys", reason: "must not be set when useDefault is true" }]
      : [],
  references: [inRepository],
};

function secretRules(inputs: PropertyMap): CheckFailure[] {
  const given = SECRET_VALUES.filter((name) => inputs[name] !== undefined);
  if (given.length !== 1) {
    return [
      {
        property: given[1] ?? "value",
        reason: `exactly one of ${SECRET_VALUES.join(", ")} must be given, got ${given.length}`,
      },
    ];
  }
  return given[0] === "valueEncrypted" && inputs.keyId === undefined
    ? [{ property: "keyId", reason: "is required together with valueEncrypted" }]
    : [];
}

function joined(inputs: PropertyMap, ...names: string[]): string {
  return names.map((name) => asText(inputs[name])).join(":");
}
