import { integer, list, object, oneOf, text, asText } from "../../schema/property-schema";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { numberFrom, providerConfig } from "./databricks-properties";
import type { DatabricksScope } from "./databricks-scope";

const PROVIDERS = [
  "gitHub",
  "gitHubEnterprise",
  "bitbucketCloud",
  "bitbucketServer",
  "gitLab",
  "gitLabEnterpriseEdition",
  "azureDevOpsServices",
  "awsCodeCommit",
];

/**
 * A Git folder: a repository that is checked out in the workspace, at a branch or a tag.
 * @see https://docs.databricks.com/api/workspace/repos
 */
export const repo: ResourceTypeTable<DatabricksScope> = {
  type: "databricks:index/repo:Repo",
  properties: {
    branch: text(),
    commitHash: text(),
    gitCredentialId: integer(),
    gitProvider: oneOf(PROVIDERS, { replace: true }),
    path: text({ replace: true, pattern: /^\/.*[^/]$/, meaning: "a path from the root" }),
    providerConfig,
    sparseCheckout: object({ patterns: list(text(), { required: true }) }),
    tag: text(),
    url: text({ required: true, replace: true, pattern: /^https:\/\/\S+$/, meaning: "an address with https://" }),
  },
  computed: {
    commitHash: live(
      ({ hex, inputs }) => inputs.commitHash ?? hex(`${asText(inputs.branch)}@${asText(inputs.tag)}`, 40),
    ),
    path: once(({ hex, inputs }) => inputs.path ?? `/Repos/rehearsal/${hex("repo", 8)}`),
    workspacePath: planned(({ inputs }) => `/Workspace${asText(inputs.path)}`),
  },
  idOf: (context) => numberFrom(context, "id"),
  rules: ({ branch, tag }) =>
    branch !== undefined && tag !== undefined
      ? [{ property: "tag", reason: "conflicts with branch: give one of them" }]
      : [],
  refuse: ({ id, inputs, scope, world }) => {
    const twin = world
      .find("databricks:index/repo:Repo", "path", inputs.path)
      .find((other) => other.scope === scope.id && other.id !== id);
    return twin && `RESOURCE_ALREADY_EXISTS: Path (${asText(inputs.path)}) already exists.`;
  },
};
