import assert from "node:assert/strict";
import { join } from "node:path";
import { git } from "../../../automation/ports/git";
import { findProjects } from "../../../automation/workspace/find-projects";
import { workspaceRoot } from "../../../automation/workspace/workspace-root";
import { GitRepository } from "../../support/git-repository";
import { CliProject } from "../../support/cli-project";

const named = (name: string) => `name: ${name}\nruntime: nodejs\n`;

describe("the projects of a workspace", function () {
  this.timeout(30_000);
  let repository: GitRepository;

  beforeEach(() => {
    repository = new GitRepository();
  });
  afterEach(() => repository.delete());

  const found = async () => (await findProjects(repository.root, git)).map(({ name, path }) => [path, name]);

  it("are the directories with a Pulumi.yaml that git tracks or would track, sorted", async () => {
    repository.commit({
      "Pulumi.yaml": named("root"),
      "stacks/b/Pulumi.yaml": named("b"),
      "stacks/a b/Pulumi.yaml": named("a"),
      "gone/Pulumi.yaml": named("gone"),
      ".gitignore": "ignored/\n",
    });
    repository.write("new/Pulumi.yaml", named("new"));
    repository.write("ignored/Pulumi.yaml", named("ignored"));
    repository.remove("gone");
    const expected = [[".", "root"], ["new", "new"], ["stacks/a b", "a"], ["stacks/b", "b"]]; // prettier-ignore
    assert.deepEqual(await found(), expected);
  });

  it("are found outside a repository too, but not in dependencies and hidden folders", async () => {
    const project = new CliProject({
      "one/Pulumi.yaml": named("one"),
      "one/node_modules/x/Pulumi.yaml": named("x"),
      ".trunkline/Pulumi.yaml": named("hidden"),
      "Pulumi.yaml": named("root"),
    });
    try {
      const projects = await findProjects(project.root, git);
      assert.deepEqual(projects, [
        { name: "root", directory: project.root, path: "." },
        { name: "one", directory: project.path("one"), path: "one" },
      ]);
    } finally {
      project.remove();
    }
  });

  it("fail to share a name", async () => {
    repository.commit({ "a/Pulumi.yaml": named("web"), "b/Pulumi.yaml": named("web") });
    await assert.rejects(found(), { code: "usage", message: 'two projects are named "web": a and b' });
  });

  for (const [what, content, message] of [
    ["without a name", "runtime: nodejs\n", /Pulumi\.yaml lacks what it should hold: name: missing, it must be a name/],
    ["that is empty", "", /Pulumi\.yaml lacks what it should hold: name: missing, it must be a name/],
    ["that is no YAML", "name: [", /Pulumi\.yaml cannot be read: /],
  ] as const) {
    it(`fail with a Pulumi.yaml ${what}`, async () => {
      repository.commit({ "a/Pulumi.yaml": content });
      await assert.rejects(found(), { code: "usage", message });
    });
  }
});

describe("the root of a workspace", () => {
  let project: CliProject;

  before(() => {
    project = new CliProject({ "a/b/Pulumi.yaml": named("b"), "a/trunkline.yaml": "", "c/Pulumi.yaml": named("c") });
  });
  after(() => project.remove());

  it("is the directory itself where nothing else marks one", () =>
    assert.equal(workspaceRoot(project.path("c")), project.path("c")));

  it("is the root of the repository", () => {
    project.write("c/.git", "gitdir: elsewhere\n");
    project.write("c/d/Pulumi.yaml", named("d"));
    assert.equal(workspaceRoot(project.path("c/d")), project.path("c"));
  });

  it("is the directory of trunkline.yaml, also inside a repository", () => {
    project.write("a/b/.git", "gitdir: elsewhere\n");
    assert.equal(workspaceRoot(join(project.path("a/b"))), project.path("a"));
  });
});
