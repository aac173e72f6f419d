import { AWS_EXAMPLES, type Example } from "./aws-examples";
import { AZURE_EXAMPLES } from "./azure-examples";
import { DATABRICKS_EXAMPLES } from "./databricks-examples";
import { KUBERNETES_EXAMPLES } from "./kubernetes-examples";
import { MACHINE_LEARNING_EXAMPLES } from "./machine-learning-examples";
import { MLFLOW_EXAMPLES } from "./mlflow-examples";
import { WORKSPACE_EXAMPLES } from "./workspace-examples";

const repo = { repository: "platform" };
const dev = { ...repo, environment: "dev" };
const github = (name: string) => `github:index/${name}:${name[0]!.toUpperCase()}${name.slice(1)}`;

/** One example of each type, in an order in which they can be created. */
export const EXAMPLES: readonly Example[] = [
  ...AWS_EXAMPLES,
  {
    pkg: "github",
    type: github("repository"),
    inputs: { name: "models" },
    update: { description: "models" },
    updates: ["description"],
    replace: [{ name: "other" }, "name"],
  },
  {
    pkg: "github",
    type: github("branch"),
    inputs: { ...repo, branch: "next" },
    replace: [{ branch: "other" }, "branch"],
  },
  {
    pkg: "github",
    type: github("branchDefault"),
    inputs: { ...repo, branch: "main" },
    update: { branch: "develop" },
    updates: ["branch"],
    replace: [{ repository: "site" }, "repository"],
  },
  {
    pkg: "github",
    type: github("repositoryEnvironment"),
    inputs: { ...dev, deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true } },
    update: { waitTimer: 5 },
    updates: ["waitTimer"],
    replace: [{ environment: "tst" }, "environment"],
  },
  {
    pkg: "github",
    type: github("repositoryEnvironmentDeploymentPolicy"),
    inputs: { ...dev, branchPattern: "feature/*" },
    update: { branchPattern: "feature/**/*" },
    updates: ["branchPattern"],
    replace: [{ branchPattern: null, tagPattern: "v*" }, "tagPattern"],
  },
  {
    pkg: "github",
    type: github("branchProtection"),
    inputs: {
      repositoryId: "R_platform",
      pattern: "main",
      requiredStatusChecks: [{ strict: true, contexts: ["b", "a"] }],
    },
    importText: "platform:main",
    update: { enforceAdmins: true },
    updates: ["enforceAdmins"],
    replace: [{ repositoryId: "site" }, "repositoryId"],
  },
  {
    pkg: "github",
    type: github("repositoryRuleset"),
    inputs: {
      ...repo,
      name: "main",
      target: "branch",
      enforcement: "active",
      conditions: { refName: { includes: ["~DEFAULT_BRANCH"], excludes: [] } },
      rules: { deletion: true },
    },
    update: { enforcement: "disabled" },
    updates: ["enforcement"],
    replace: [{ repository: "site" }, "repository"],
  },
  {
    pkg: "github",
    type: github("actionsVariable"),
    inputs: { ...repo, variableName: "REGION", value: "eu-west-1" },
    update: { value: "us-east-1" },
    updates: ["value"],
    replace: [{ variableName: "AREA" }, "variableName"],
  },
  {
    pkg: "github",
    type: github("actionsEnvironmentVariable"),
    inputs: { ...dev, variableName: "REGION", value: "eu-west-1" },
    update: { value: "us-east-1" },
    updates: ["value"],
    replace: [{ variableName: "AREA" }, "variableName"],
  },
  {
    pkg: "github",
    type: github("actionsSecret"),
    inputs: { ...repo, secretName: "TOKEN", value: "hush" },
    update: { value: "hush!" },
    updates: ["value"],
    replace: [{ secretName: "KEY" }, "secretName"],
  },
  {
    pkg: "github",
    type: github("actionsEnvironmentSecret"),
    inputs: { ...dev, secretName: "TOKEN", value: "hush" },
    update: { value: "hush!" },
    updates: ["value"],
    replace: [{ secretName: "KEY" }, "secretName"],
  },
  {
    pkg: "github",
    type: github("actionsRepositoryOidcSubjectClaimCustomizationTemplate"),
    inputs: { ...repo, useDefault: true },
    update: { useDefault: false, includeClaimKeys: ["repository_id"] },
    updates: ["useDefault", "includeClaimKeys"],
    replace: [{ repository: "site" }, "repository"],
  },
  ...AZURE_EXAMPLES,
  ...DATABRICKS_EXAMPLES,
  ...WORKSPACE_EXAMPLES,
  ...MLFLOW_EXAMPLES,
  ...MACHINE_LEARNING_EXAMPLES,
  ...KUBERNETES_EXAMPLES,
  {
    pkg: "random",
    type: "random:index/randomId:RandomId",
    inputs: { byteLength: 4 },
    replace: [{ byteLength: 8 }, "byteLength"],
  },
  {
    pkg: "random",
    type: "random:index/randomString:RandomString",
    inputs: { length: 12, special: false, minUpper: 2 },
    replace: [{ length: 13 }, "length"],
  },
  {
    pkg: "random",
    type: "random:index/randomPassword:RandomPassword",
    inputs: { length: 20, minNumeric: 3 },
    replace: [{ keepers: { a: "b" } }, "keepers"],
  },
  {
    pkg: "random",
    type: "random:index/randomUuid:RandomUuid",
    inputs: {},
    replace: [{ keepers: { a: "b" } }, "keepers"],
  },
  {
    pkg: "random",
    type: "random:index/randomPet:RandomPet",
    inputs: { prefix: "ml" },
    replace: [{ length: 3 }, "length"],
  },
];
