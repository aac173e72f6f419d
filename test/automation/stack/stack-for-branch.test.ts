import assert from "node:assert/strict";
import { AutomationError } from "../../../automation/errors";
import { chooseEnvironment } from "../../../automation/stack/choose-environment";
import { stackForBranch } from "../../../automation/stack/stack-for-branch";

describe("the environment of a branch", () => {
  for (const [branch, environment] of [
    ["main", "prd"],
    ["develop", "tst"],
    ["feature/a", "dev"],
    ["feature/a/b", "dev"],
    ["feature/$(id)", "dev"],
    ["integration", "tst"],
    ["staging", "tst"],
    ["qa", "tst"],
    ["prod", "prd"],
  ] as const) {
    it(`is ${environment} for ${branch}`, () => {
      const reason = `branch ${branch} deploys to ${environment}`;
      const rule = branch.startsWith("feature/") ? "feature/**" : branch;
      assert.deepEqual(stackForBranch(branch), { kind: "environment", environment, rule, reason });
    });
  }

  for (const branch of ["Main", "main2", "feature/", "feature", "features/a", "x/feature/a", "release/1", undefined]) {
    it(`does not exist for ${branch ?? "a detached head"}, and the reason is said`, () => {
      const decision = stackForBranch(branch);
      assert.equal(decision.kind, "none");
      assert.match(decision.reason, branch === undefined ? /no branch/ : new RegExp(`${branch} deploys nowhere`));
    });
  }
});

describe("the chosen environment", () => {
  it("is the one that was asked for, whatever the branch", () =>
    assert.equal(chooseEnvironment("tst", "main").environment, "tst"));

  it("is the one that an alias stands for", () => {
    assert.deepEqual(chooseEnvironment("prod", undefined), {
      environment: "prd",
      reason: "asked for with --env, as prod",
    });
  });

  it("is the branch's where none was asked for", () =>
    assert.equal(chooseEnvironment(undefined, "main", { fallback: "dev" }).environment, "prd"));

  it("is the fallback for a branch that deploys nowhere, with the reason", () => {
    const { environment, reason } = chooseEnvironment(undefined, "spike", { fallback: "dev" });
    assert.equal(environment, "dev");
    assert.match(reason, /branch spike deploys nowhere.*, so dev is taken/);
  });

  for (const [asked, hint] of [
    ["prt", "did you mean --env prd"],
    ["toString", "did you mean --env tst"],
    ["DEV", "did you mean --env dev"],
    ["", "did you mean --env dev"],
  ] as const) {
    it(`fails for "${asked}" and suggests another`, () => {
      assert.throws(
        () => chooseEnvironment(asked, "main"),
        (error) => error instanceof AutomationError && error.code === "usage" && error.hint === hint,
      );
    });
  }

  it("fails without a fallback for a branch that deploys nowhere", () =>
    assert.throws(() => chooseEnvironment(undefined, "spike"), {
      code: "usage",
      hint: "name an environment: --env dev|tst|prd",
    }));
});
