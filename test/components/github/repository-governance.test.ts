import assert from "node:assert/strict";
import { ResourceError } from "@pulumi/pulumi";
import { RepositoryGovernance, type RepositoryGovernanceArgs } from "../../../components";
import { githubProviders, lookups, repository as identity } from "../../support/component-fixtures";
import { recordResources, summaries, valueOf } from "../../support/record-resources";

const base: RepositoryGovernanceArgs = { environment: "dev", repository: identity, deploymentBranches: ["main"] };
const repository = "platform";

const record = (args: Partial<RepositoryGovernanceArgs> = {}) =>
  recordResources(() => new RepositoryGovernance("governance", { ...base, ...args }, githubProviders()), { lookups });

const environment = (more: object = {}) => ({
  type: "github:index/repositoryEnvironment:RepositoryEnvironment",
  inputs: {
    repository,
    environment: "dev",
    preventSelfReview: true,
    canAdminsBypass: false,
    waitTimer: 0,
    deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
    ...more,
  },
});

const deploys = (branchPattern: string) => ({
  type: "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy",
  inputs: { repository, environment: "dev", branchPattern },
});

const protection = (pattern: string, review: object = {}, more: object = {}) => ({
  type: "github:index/branchProtection:BranchProtection",
  inputs: {
    repositoryId: "R_platform",
    pattern,
    requiredStatusChecks: [{ strict: true, contexts: ["check"] }],
    requiredPullRequestReviews: [
      { requiredApprovingReviewCount: 1, requireCodeOwnerReviews: false, dismissStaleReviews: true, ...review },
    ],
    requiredLinearHistory: false,
    enforceAdmins: true,
    allowsForcePushes: false,
    allowsDeletions: false,
    ...more,
  },
});

describe("RepositoryGovernance", () => {
  it("makes an environment that nobody can bypass, for the given branches alone", async () => {
    const { registrations } = await record();
    assert.deepEqual(summaries(registrations), {
      "governance-environment": environment(),
      "governance-deploy-main": deploys("main"),
    });
  });

  it("writes patterns that GitHub matches at any depth", async () => {
    const { result, registrations } = await record({ deploymentBranches: ["feature/**", "fix/*"] });
    assert.deepEqual(summaries(registrations), {
      "governance-environment": environment(),
      "governance-deploy-feature/*": deploys("feature/*"),
      "governance-deploy-feature/**/*": deploys("feature/**/*"),
      "governance-deploy-fix/*": deploys("fix/*"),
    });
    assert.deepEqual(result.deploymentBranchPatterns, ["feature/*", "feature/**/*", "fix/*"]);
  });

  it("demands an approval of the given reviewers and says whose", async () => {
    const gate = { preventSelfReview: false, canAdminsBypass: true, waitTimer: 30 };
    const { result, registrations } = await record({ ...gate, reviewers: { users: [7], teams: [8, 9] } });
    assert.deepEqual(
      summaries(registrations)["governance-environment"],
      environment({ ...gate, reviewers: [{ users: [7], teams: [8, 9] }] }),
    );
    assert.deepEqual(result.gate, { ...gate, reviewers: { users: [7], teams: [8, 9] } });
    assert.equal(await valueOf(result.visibility), "private");
  });

  it("protects the branches of this stack", async () => {
    const { result, registrations } = await record({
      branchProtection: {
        main: { requiredStatusChecks: ["check"] },
        "release/*": {
          requiredStatusChecks: ["check"],
          requiredApprovingReviewCount: 2,
          requireCodeOwnerReviews: true,
          requiredLinearHistory: true,
          enforceAdmins: false,
        },
      },
    });
    const all = summaries(registrations);
    assert.deepEqual(all["governance-protect-main"], protection("main"));
    assert.deepEqual(
      all["governance-protect-release/*"],
      protection(
        "release/*",
        { requiredApprovingReviewCount: 2, requireCodeOwnerReviews: true },
        { requiredLinearHistory: true, enforceAdmins: false },
      ),
    );
    assert.deepEqual(result.protectedBranches, ["main", "release/*"]);
  });

  it("sets variables of the environment and of the repository, and no secret", async () => {
    const { registrations } = await record({
      environmentVariables: { AWS_REGION: "us-east-1" },
      repositoryVariables: { DEV_AWS_REGION: "us-east-1" },
    });
    assert.deepEqual(summaries(registrations), {
      "governance-environment": environment(),
      "governance-deploy-main": deploys("main"),
      "governance-environment-variable-AWS_REGION": {
        type: "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable",
        inputs: { repository, environment: "dev", variableName: "AWS_REGION", value: "us-east-1" },
      },
      "governance-variable-DEV_AWS_REGION": {
        type: "github:index/actionsVariable:ActionsVariable",
        inputs: { repository, variableName: "DEV_AWS_REGION", value: "us-east-1" },
      },
    });
    assert.equal(/secret/i.test(JSON.stringify(summaries(registrations))), false);
  });

  it("neither makes nor deletes the repository", async () => {
    const { registrations } = await record();
    assert.equal(
      registrations.some(({ type }) => type === "github:index/repository:Repository"),
      false,
    );
  });

  it("fails for a repository of that name with another number, before anything is made", async () => {
    const failure = new Promise<unknown>((resolve) => {
      const listeners = process.listeners("unhandledRejection");
      process.removeAllListeners("unhandledRejection");
      process.once("unhandledRejection", (reason) => {
        listeners.forEach((listener) => process.on("unhandledRejection", listener));
        resolve(reason);
      });
    });
    const { registrations } = await record({ repository: { ...identity, id: 9 } });
    const error = await failure;
    assert.ok(ResourceError.isInstance(error));
    assert.match(error.message, /repository acme\/platform has the number 2002, not 9 as configured/);
    assert.deepEqual(summaries(registrations), {});
  });
});
