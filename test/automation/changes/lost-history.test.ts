import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { affectedProjects } from "../../../automation/changes/affected-projects";
import type { DeployBase } from "../../../automation/changes/last-deploy";
import { reasonText } from "../../../automation/changes/reason";
import { git } from "../../../automation/ports/git";
import { DEFAULT_SETTINGS } from "../../../automation/settings/settings-schema";
import { GitRepository } from "../../support/git-repository";
import { affectedSince, FILES } from "./changed-workspace";

describe("the projects that changed since their last deployment", function () {
  this.timeout(120_000);
  let repository: GitRepository;
  let base: string;

  before(() => {
    repository = new GitRepository();
    base = repository.commit(FILES);
  });
  after(() => repository.delete());
  afterEach(() => {
    repository.git("checkout", "--quiet", "--force", "main");
    repository.git("reset", "--quiet", "--hard", base);
    repository.git("clean", "--quiet", "-fdx");
  });

  const affected = (commit = base, root = repository.root, fetch = false) => affectedSince(commit, root, fetch);

  it("are compared by content after a force-push, whatever became of the history", async () => {
    repository.commit({ "b/data.json": "[3]" });
    const deployed = repository.git("rev-parse", "HEAD");
    repository.git("reset", "--quiet", "--hard", base);
    repository.commit({ "b/data.json": "[3]", "docs/page.md": "rewritten\n" });
    assert.deepEqual(await affected(deployed), {});
  });

  it("are compared across merge commits and from a detached head", async () => {
    repository.git("checkout", "--quiet", "-b", "feature/x");
    repository.commit({ "b/data.json": "[4]" });
    repository.git("checkout", "--quiet", "main");
    repository.commit({ "docs/page.md": "meanwhile\n" });
    repository.git("merge", "--quiet", "--no-ff", "--no-edit", "feature/x");
    repository.git("checkout", "--quiet", "--detach");
    assert.deepEqual(await affected(), { b: ["its program imports b/data.json"] });
  });

  it("are all that there are where the commit is lost", async () => {
    const lost = "1".repeat(40);
    const reason = ["the commit that it was deployed from, 111111111111, is not in this clone"];
    assert.deepEqual(await affected(lost), { a: reason, b: reason });
  });

  it("are found in a shallow clone that can be deepened, and are all of them in one that cannot", async () => {
    repository.commit({ "b/data.json": "[5]" });
    repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
    const clone = realpathSync(mkdtempSync(join(tmpdir(), "trunkline-clone-")));
    try {
      execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${repository.root}`, clone]);
      const lost = `the commit that it was deployed from, ${base.slice(0, 12)}, is not in this clone`;
      assert.deepEqual(await affected(base, clone), { a: [lost], b: [lost] });
      assert.deepEqual(await affected(base, clone, true), { b: ["its program imports b/data.json"] });
      const gone = ["the commit that it was deployed from, 222222222222, is neither in this clone nor at its origin"];
      assert.deepEqual(await affected("2".repeat(40), clone, true), { a: gone, b: gone });
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
  });

  it("are all that there are without git, and one whose base nobody knows is among them", async () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), "trunkline-plain-")));
    const plain = { root, projects: [{ name: "x", directory: root, path: "." }], environment: "dev" };
    try {
      const decide = async (bases: ReadonlyMap<string, DeployBase>) =>
        (await affectedProjects(git, { ...plain, settings: DEFAULT_SETTINGS, bases }))[0]?.reasons.map(reasonText);
      execFileSync("bash", ["-c", 'printf "name: x\\n" > Pulumi.yaml && touch index.ts'], { cwd: root });
      assert.match((await decide(new Map([["x", { kind: "commit", commit: base }]])))?.[0] ?? "", /^git does not tell/);
      assert.deepEqual(await decide(new Map()), ["nobody knows what was deployed"]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
