import assert from "node:assert/strict";
import type { PipelineEvent } from "../../../automation/events/pipeline-event";
import { resolveEvent } from "../../../automation/stack/resolve-event";
import { DEFAULT_RULES } from "../../../automation/stack/stack-for-branch";

const push = (branch?: string): PipelineEvent => ({ kind: "push", source: "github", branch, fork: false });
const pull = (baseBranch?: string, fork = false): PipelineEvent => ({
  kind: "pull_request",
  source: "github",
  branch: "feature/a",
  baseBranch,
  fork,
});

describe("what is done upon an event", () => {
  for (const [what, event, environment, action] of [
    ["a push to main", push("main"), "prd", "deploy"],
    ["a push to develop", push("develop"), "tst", "deploy"],
    ["a push to a feature branch", push("feature/a/b"), "dev", "deploy"],
    ["a push to a branch named like an alias", push("integration"), "tst", "deploy"],
    ["a pull request to main, by its base", pull("main"), "prd", "preview"],
    ["a pull request to develop, by its base", pull("develop"), "tst", "preview"],
    ["a pull request of a fork", pull("main", true), "prd", "rehearse"],
    ["a schedule on main", { ...push("main"), kind: "schedule" }, "prd", "drift"],
    ["somebody's wish on develop", { ...push("develop"), kind: "manual" }, "tst", "deploy"],
  ] as const) {
    it(`${what}: ${action} ${environment}`, () => {
      const resolution = resolveEvent(event);
      assert.ok(resolution.kind === "environment", resolution.reason);
      assert.deepEqual([resolution.environment, resolution.action], [environment, action]);
    });
  }

  for (const [what, event, reason] of [
    ["another branch", push("spike"), /^branch spike deploys nowhere; those that do are main \(prd\), /],
    [
      "a pull request to another branch",
      pull("spike"),
      /^the pull request goes to spike: branch spike deploys nowhere/,
    ],
    ["a pull request without a base", pull(undefined), /does not say which branch it goes to/],
    ["a tag", push(undefined), /^no branch was pushed: tags and deleted branches deploy nowhere$/],
    ["a detached head", { ...push(undefined), source: "git" }, /^no branch is checked out$/],
    ["a branch named like a property of objects", push("constructor"), /deploys nowhere/],
  ] as const) {
    it(`${what}: nothing, and why`, () => {
      const resolution = resolveEvent(event);
      assert.equal(resolution.kind, "none");
      assert.match(resolution.reason, reason);
    });
  }

  it("follows the workspace's own table, first line first", () => {
    const branches = [
      { pattern: "release/*", environment: "prd" },
      { pattern: "**", environment: "dev" },
    ] as const;
    const environments = ["release/1", "release/1/x", "main", "!x", "#1"].map((branch) => {
      const resolution = resolveEvent(push(branch), { ...DEFAULT_RULES, branches });
      return resolution.kind === "environment" ? [resolution.environment, resolution.rule] : resolution.reason;
    });
    assert.deepEqual(environments, [["prd", "release/*"], ["dev", "**"], ["dev", "**"], ["dev", "**"], ["dev", "**"]]); // prettier-ignore
  });
});
