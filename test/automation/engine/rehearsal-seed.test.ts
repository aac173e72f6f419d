import assert from "node:assert/strict";
import { rehearsalSeed } from "../../../automation/engine/rehearsal-seed";
import { DEFAULT_SEED } from "../../../rehearsal/cloud/seed";

const REPOSITORY = { fullName: "org/repo", ownerId: 1, id: 823410765 };

describe("the seed of a rehearsal", () => {
  it("has what the configuration of all environments refers to", () => {
    const seed = rehearsalSeed(
      new Map([
        [
          "dev",
          {
            config: {
              "trunkline:repository": REPOSITORY,
              "trunkline:aws": { accountId: "111111111111" },
              "trunkline:azure": { subscriptionId: "s-dev", tenantId: "t" },
              "trunkline:databricks": {
                accountId: "a",
                workspace: { id: "1", host: "https://adb-1.1" },
                principal: { group: { existing: { displayName: "g" } }, grants: [{ name: "main" }, { name: "main" }] },
              },
              "trunkline:github": { deploymentBranches: ["feature/**"], reviewers: { users: [7] } },
            },
          },
        ],
        [
          "prd",
          {
            config: {
              "trunkline:repository": REPOSITORY,
              "trunkline:aws": {
                accountId: "333333333333",
                identity: {
                  oidcProvider: {
                    existing: { arn: "arn:aws:iam::333333333333:oidc-provider/token.actions.githubusercontent.com" },
                  },
                },
              },
              "trunkline:azure": { subscriptionId: "s-prd", tenantId: "t" },
              "trunkline:databricks": { accountId: "a", workspace: { id: "3", host: "https://adb-3.3" } },
              "trunkline:github": {
                deploymentBranches: ["main", "develop"],
                branchProtection: { "release/1": {} },
                reviewers: { teams: [9, 9] },
              },
            },
          },
        ],
      ]),
    );
    assert.deepEqual(seed.aws.accounts, [
      { id: "111111111111", alias: "dev", profiles: ["dev"], openIdConnectProviders: [] },
      {
        id: "333333333333",
        alias: "prd",
        profiles: ["prd"],
        openIdConnectProviders: [
          { url: "https://token.actions.githubusercontent.com", clientIds: ["sts.amazonaws.com"] },
        ],
      },
    ]);
    assert.deepEqual(seed.azure.subscriptions, [
      { id: "s-dev", tenantId: "t" },
      { id: "s-prd", tenantId: "t" },
    ]);
    assert.deepEqual(seed.databricks?.accounts, [
      {
        id: "a",
        workspaces: [
          { id: "1", host: "https://adb-1.1", securables: ["main"] },
          { id: "3", host: "https://adb-3.3", securables: [] },
        ],
        groups: ["g"],
      },
    ]);
    assert.deepEqual(seed.github.owners, [
      {
        login: "org",
        id: 1,
        kind: "Organization",
        repositories: [
          {
            name: "repo",
            id: 823410765,
            nodeId: "R_kgDOMRRATQ",
            defaultBranch: "main",
            branches: ["develop", "release/1"],
          },
        ],
        teams: [{ slug: "team-9", id: 9 }],
      },
    ]);
    assert.deepEqual(seed.github.users, [...DEFAULT_SEED.github.users, { login: "user-7", id: 7 }]);
  });

  it("knows the groups that run projects of MLflow, and who deploys, once each", () => {
    const mlflow = (groups: unknown, deployer?: unknown) => ({
      config: { "trunkline:azure": { mlflow: { runnerGroupObjectIds: groups, deployerObjectId: deployer } } },
    });
    const { principals } = rehearsalSeed(
      new Map([
        ["dev", mlflow(["group-1", 2, "group-2"], "deployer-1")],
        ["tst", mlflow(["group-1"], "deployer-1")],
        ["prd", mlflow("group-3", { id: "deployer-2" })],
      ]),
    ).azure;
    assert.deepEqual(principals, [
      ...DEFAULT_SEED.azure.principals,
      { id: "group-1", type: "Group" },
      { id: "group-2", type: "Group" },
      { id: "deployer-1", type: "ServicePrincipal" },
    ]);
  });

  for (const [name, config] of [
    ["nothing", {}],
    ["null", { "trunkline:aws": null, "trunkline:repository": null, "trunkline:github": null }],
    ["other forms", { "trunkline:aws": { accountId: 1 }, "trunkline:repository": "org/repo", "trunkline:github": [1] }],
  ] as const) {
    it(`adds nothing for a configuration of ${name}: the program says what is wrong`, () => {
      const seed = rehearsalSeed(new Map([["dev", { config }]]));
      assert.deepEqual([seed.aws.accounts, seed.github.owners], [[], []]);
    });
  }
});
