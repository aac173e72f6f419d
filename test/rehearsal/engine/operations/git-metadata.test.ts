import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { gitMetadata } from "../../../../rehearsal/engine/operations/git-metadata";
import { GitRepository } from "../../../support/git-repository";
import { projectDirectory } from "../project-directory";

describe("what the history keeps of the repository", function () {
  this.timeout(30_000);
  let repository: GitRepository;

  beforeEach(() => {
    repository = new GitRepository();
  });
  afterEach(() => repository.delete());

  it("is the commit and the branch, also from a directory that git ignores", async () => {
    const head = repository.commit({ ".gitignore": ".trunkline/\n", "index.ts": "" });
    const directory = join(repository.root, ".trunkline/rehearsal/project");
    mkdirSync(directory, { recursive: true });
    const expected = { "git.head": head, "git.headName": "refs/heads/main", "git.dirty": "false" };
    assert.deepEqual(await gitMetadata(directory), expected);
  });

  for (const [what, change] of [
    ["an edited file", () => repository.write("index.ts", "edited")],
    ["a new file", () => repository.write("new file.ts", "")],
    ["a deleted file", () => repository.remove("index.ts")],
  ] as const) {
    it(`says that the working tree is modified by ${what}`, async () => {
      repository.commit({ "index.ts": "" });
      change();
      assert.equal((await gitMetadata(repository.root))["git.dirty"], "true");
    });
  }

  it("has no branch for a detached head", async () => {
    const head = repository.commit({ "index.ts": "" });
    repository.git("checkout", "--quiet", "--detach");
    assert.deepEqual(await gitMetadata(repository.root), { "git.head": head, "git.dirty": "false" });
  });

  it("is empty before the first commit", async () => assert.deepEqual(await gitMetadata(repository.root), {}));

  it("is empty outside a repository, and where there is no such directory", async () => {
    const outside = await projectDirectory();
    try {
      assert.deepEqual(await gitMetadata(outside.root), {});
      assert.deepEqual(await gitMetadata(join(outside.root, "missing")), {});
    } finally {
      await outside.remove();
    }
  });
});
