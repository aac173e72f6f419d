import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { GitRepository } from "../support/git-repository";

interface Job {
  readonly steps: readonly { readonly run?: string; readonly id?: string }[];
}

const root = resolve(__dirname, "../..");
const workflow = parse(readFileSync(join(root, ".github/workflows/release-staging.yml"), "utf8")) as {
  readonly on: Readonly<Record<string, object>>;
  readonly jobs: Readonly<Record<string, Job>>;
};
const script = (job: string) => workflow.jobs[job]?.steps.findLast(({ run }) => run)?.run ?? assert.fail(job);

/** Runs a script of a job as its runner does. */
function bash(text: string, cwd: string, env: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", text], {
    cwd,
    env: { ...env, PATH: `${env["PATH"] ?? ""}${process.env.PATH}` },
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

describe("the check of staging", function () {
  this.timeout(120_000);

  it("is asked for by the branch of production, and runs for every pull request and push", () => {
    const { config } = parse(readFileSync(join(root, "Pulumi.prd.yaml"), "utf8"));
    assert.ok(config["trunkline:github"].branchProtection.main.requiredStatusChecks.includes("release-staging"));
    assert.ok("release-staging" in workflow.jobs);
    for (const [event, filter] of Object.entries(workflow.on)) {
      assert.ok(!("paths" in (filter ?? {}) || "paths-ignore" in (filter ?? {})), event);
    }
  });

  describe("decides whether a release is due", () => {
    let git: GitRepository;
    let first: string;
    let changed: string;
    let unrelated: string;
    before(() => {
      git = new GitRepository();
      first = git.commit({ "artifacts/azure-ml/image/score.py": "one", "README.md": "one" });
      git.git("update-ref", "refs/remotes/origin/main", first);
      changed = git.commit({ "artifacts/azure-ml/image/score.py": "two" });
      unrelated = git.commit({ "README.md": "two" });
    });
    after(() => git.delete());

    const decide = (event: string, base: string, head: string) => {
      git.git("checkout", "--quiet", head);
      const output = join(git.root, ".git/output");
      writeFileSync(output, "");
      const { status, output: told } = bash(script("due"), git.root, {
        EVENT: event,
        BASE: base,
        GITHUB_OUTPUT: output,
      });
      assert.equal(status, 0, told);
      return readFileSync(output, "utf8");
    };

    it("by what a push changes", () => {
      assert.equal(decide("push", first, changed), "release=true\ncommits=\n");
      assert.equal(decide("push", changed, unrelated), "release=false\ncommits=\n");
      assert.equal(decide("push", "0".repeat(40), unrelated), "release=true\ncommits=\n");
    });

    it("never in a pull request, which asks for a release of what it changes, by that commit or a later one", () => {
      assert.equal(
        decide("pull_request", "origin/main", unrelated),
        `release=false\ncommits=${unrelated} ${changed}\n`,
      );
      assert.equal(decide("pull_request", changed, unrelated), "release=false\ncommits=\n");
    });

    it("always after training, on demand and for a call back", () => {
      for (const event of ["workflow_run", "workflow_dispatch", "repository_dispatch"]) {
        assert.equal(decide(event, "", unrelated), "release=true\ncommits=\n");
      }
    });
  });

  describe("reports", () => {
    let directory: string;
    before(() => (directory = mkdtempSync(join(tmpdir(), "staging-check-"))));
    after(() => rmSync(directory, { recursive: true, force: true }));

    /** `runs` are those of each commit as `id status`, `stages` how the job that releases ended in each. */
    const report = (
      env: Readonly<Record<string, string>>,
      runs: Readonly<Record<string, string>> = {},
      stages: Readonly<Record<string, string>> = {},
    ) => {
      const cases = [
        ...Object.entries(runs).map(([commit, lines]) => `*head_sha=${commit}*) printf '${lines}\\n' ;;`),
        ...Object.entries(stages).map(([run, conclusion]) => `*runs/${run}/jobs) echo ${conclusion} ;;`),
      ];
      const gh = `#!/bin/sh\ncase "$2" in\n${cases.join("\n")}\nesac\n`;
      writeFileSync(join(directory, "gh"), gh, { mode: 0o755 });
      const common = { PATH: `${directory}:`, GH_REPO: "acme/platform", PAUSE: "0", DUE: "success", STAGE: "skipped" };
      return bash(script("release-staging"), directory, { ...common, RELEASE: "false", COMMITS: "", ...env });
    };

    it("success where nothing is to be released, and where the release succeeded", () => {
      assert.equal(report({}).status, 0);
      assert.equal(report({ RELEASE: "true", STAGE: "success" }).status, 0);
    });

    it("fails where the release failed or never began, and where nobody could decide", () => {
      for (const STAGE of ["failure", "cancelled", "skipped"]) {
        assert.equal(report({ RELEASE: "true", STAGE }).status, 1, STAGE);
      }
      assert.equal(report({ DUE: "failure" }).status, 1);
    });

    it("success for a pull request of what was released, and waits for a release that is under way", () => {
      assert.equal(report({ COMMITS: "bb aa" }, { aa: "1 completed" }, { 1: "success" }).status, 0);
      const { status, output } = report({ COMMITS: "aa" }, { aa: "1 in_progress\\n2 completed" }, { 2: "success" });
      assert.equal(status, 0, output);
    });

    it("fails for a pull request of what was not released: no run, one that failed, and a later one that had nothing to release", () => {
      for (const [runs, stages] of [
        [{}, {}],
        [{ aa: "1 completed" }, { 1: "failure" }],
        [
          { aa: "1 completed", bb: "2 completed" },
          { 1: "failure", 2: "skipped" },
        ],
      ] as const) {
        const { status, output } = report({ COMMITS: "bb aa" }, runs, stages);
        assert.equal(status, 1);
        assert.match(output, /what is served changes and was not released to staging/);
      }
    });
  });
});
