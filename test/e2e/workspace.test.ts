import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { CliProject } from "../support/cli-project";
import { GitRepository } from "../support/git-repository";
import { WORKSPACE_FILES } from "../support/workspace-files";

describe("several projects of one repository", function () {
  this.timeout(300_000);
  let workspace: CliProject;
  let repository: GitRepository;

  before(() => {
    workspace = new CliProject(WORKSPACE_FILES);
    repository = new GitRepository(workspace.root, "feature/one");
    repository.commit();
  });
  after(() => workspace.remove());

  const up = (project: string) => workspace.run(["up", "--target", "rehearsal", "--cwd", project]);

  it("share one rehearsal at the root, so that a stack reference finds the other's outputs", async () => {
    for (const project of ["network", "web"]) {
      const run = await up(project);
      assert.equal(run.code, 0, run.stdout + run.stderr);
    }
    const [network, web] = ["network", "web"].map(
      (project) =>
        workspace.resources(project, "dev").find(({ type }) => type === "random:index/randomPet:RandomPet")?.id,
    );
    assert.ok(network && web?.startsWith(`${network}-`), `${web} does not begin with ${network}`);
    assert.ok(!existsSync(workspace.path("network/.trunkline")));
  });

  it("leave the working tree as git has it although the repository does not ignore .trunkline", () =>
    assert.equal(repository.git("status", "--porcelain"), ""));

  it("keep in the history of a stack which commit was deployed", () => {
    const folder = workspace.path(".trunkline/rehearsal/state/.pulumi/history/web/dev");
    const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".history.json"));
    const { environment } = JSON.parse(
      workspace.read(`.trunkline/rehearsal/state/.pulumi/history/web/dev/${file}`),
    ) as {
      environment: Record<string, string>;
    };
    assert.deepEqual(environment, {
      "exec.kind": "auto.local",
      "git.head": repository.git("rev-parse", "HEAD"),
      "git.headName": "refs/heads/feature/one",
      "git.dirty": "false",
    });
  });
});
