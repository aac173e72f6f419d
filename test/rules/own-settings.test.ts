import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { affectedProjects } from "../../automation/changes/affected-projects";
import { rulesFor } from "../../automation/gate/gate-policy";
import { git } from "../../automation/ports/git";
import { loadSettings } from "../../automation/settings/load-settings";
import { findProjects } from "../../automation/workspace/find-projects";

const root = resolve(__dirname, "../..");
const COMMIT = "1".repeat(40);

describe("the settings of this repository's own pipeline", function () {
  this.timeout(120_000);
  const settings = loadSettings(root);

  /** For each of these files why the program would be brought up in prd, had it changed; nothing where it would not. */
  async function reasons(paths: readonly string[]): Promise<Record<string, string>> {
    const projects = await findProjects(root, git);
    const port = {
      headCommit: async () => "2".repeat(40),
      changedFiles: async () => paths.map((path) => ({ path, status: "modified" as const, link: false })),
      modifiedFiles: async () => [],
      fetchCommit: async () => false,
      fileAt: async () => undefined,
    };
    const bases = new Map([["trunkline", { kind: "commit", commit: COMMIT } as const]]);
    const question = { root, projects, environment: "prd", settings, bases };
    const [own] = (await affectedProjects(port, question)).filter(({ project }) => project.path === ".");
    const found = (own ?? assert.fail("there is no project at the root")).reasons;
    return Object.fromEntries(found.map((reason) => ["path" in reason ? reason.path : "", reason.kind]));
  }

  it("let the reviewers of the GitHub environment open the gates of tst and prd, which their own stacks ask for", () => {
    for (const environment of ["tst", "prd"] as const) {
      assert.deepEqual(
        rulesFor(environment, settings.gate).map(({ from }) => from),
        ["environment"],
      );
      const { config } = parse(readFileSync(join(root, `Pulumi.${environment}.yaml`), "utf8")) as {
        config: { "trunkline:github": { reviewers: { teams: number[] } } };
      };
      assert.ok(config["trunkline:github"].reviewers.teams.length > 0);
    }
  });

  it("declare every artifact that the program reads", async () => {
    const listed = execFileSync("git", ["ls-files", "artifacts"], { cwd: root, encoding: "utf8" }).trim().split("\n");
    assert.ok(listed.length > 20);
    assert.deepEqual(await reasons(listed), Object.fromEntries(listed.map((path) => [path, "artifact"])));
  });

  it("bring the program up for what it is made of, and for nothing else of this repository", async () => {
    const made = {
      "index.ts": "program",
      "components/environment.ts": "program",
      "Pulumi.prd.yaml": "config",
      "a-file-that-nobody-knows.json": "unknown",
    };
    const others = ["Pulumi.dev.yaml", "README.md", "automation/main.ts", "test/rules/tree.test.ts"];
    assert.deepEqual(await reasons([...Object.keys(made), ...others, ".github/workflows/deploy.yml"]), made);
  });
});
