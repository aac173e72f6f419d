import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { CliProject, type CliRun } from "../support/cli-project";
import { GitRepository } from "../support/git-repository";
import { WORKSPACE_FILES } from "../support/workspace-files";

/** A stack of `status --json`, as far as it is looked at. */
interface Stack {
  readonly project: string;
  readonly wave: number;
  readonly affected: boolean;
  readonly base?: string;
  readonly reasons: readonly { readonly text: string }[];
  readonly dependsOn: readonly { readonly project: string; readonly knownFrom: readonly string[] }[];
}

describe("status and matrix", function () {
  this.timeout(600_000);
  let workspace: CliProject;
  let repository: GitRepository;

  beforeEach(() => {
    workspace = new CliProject(WORKSPACE_FILES);
    repository = new GitRepository(workspace.root, "feature/one");
    repository.commit();
  });
  afterEach(() => workspace.remove());

  const told = (run: CliRun) => {
    assert.equal(run.code, 0, run.stdout + run.stderr);
    return JSON.parse(run.stdout) as Record<string, unknown>;
  };
  const stacks = async (...args: string[]) => {
    const result = told(await workspace.run(["status", "--target", "rehearsal", "--json", ...args]));
    return (result["stacks"] as Stack[]).map(({ project, wave, affected, reasons }) => ({
      stack: `${wave}. ${project}`,
      affected,
      because: reasons.map(({ text }) => text),
    }));
  };
  const up = async (project: string) =>
    told(await workspace.run(["up", "--target", "rehearsal", "--json", "--cwd", project]));

  it("follow a workspace from nothing through a deployment and a change", async () => {
    assert.deepEqual(await stacks(), [
      { stack: "1. network", affected: true, because: ["it was never deployed"] },
      {
        stack: "2. web",
        affected: true,
        because: ["it was never deployed", "it depends on network, which is brought up"],
      },
    ]);
    assert.ok(!existsSync(workspace.path(".trunkline")), "telling leaves nothing on the disk");

    for (const project of ["network", "web"]) await up(project);
    assert.deepEqual(await stacks(), [
      { stack: "1. network", affected: false, because: [] },
      { stack: "2. web", affected: false, because: [] },
    ]);

    repository.commit({ "web/Pulumi.dev.yaml": "config: { web:a: 1 }\n", "web/Pulumi.prd.yaml": "config: {}\n" });
    const matrix = told(await workspace.run(["matrix", "--target", "rehearsal", "--json"]));
    const job = { project: "web", path: "web", environment: "dev", reason: "it is configured by web/Pulumi.dev.yaml" };
    assert.deepEqual([matrix["matrices"], matrix["unchanged"]], [[{ wave: 1, include: [job] }], ["network"]]);

    repository.commit({ "shared/size.ts": "export const size = 3;\n" });
    assert.deepEqual(
      (await stacks()).map(({ because }) => because),
      [
        ["its program imports shared/size.ts"],
        ["it is configured by web/Pulumi.dev.yaml", "it depends on network, which is brought up"],
      ],
    );
  });

  it("tell the whole decision for people", async () => {
    const head = repository.git("rev-parse", "--short=12", "HEAD");
    const run = await workspace.run(["status", "--target", "rehearsal", "--event", "push"]);
    assert.equal(run.code, 0, run.stderr);
    assert.equal(
      run.stdout,
      [
        `event        push on feature/one at ${head} (told by flags)`,
        `workspace    ${workspace.root}`,
        "environment  dev: branch feature/one deploys to dev (rule feature/**)",
        "action       plan, ask the gate, and bring up",
        "gate         opens for a bundle that is not expired, when nothing that it is bound to has moved and approvals are there",
        "approval     nobody has to approve",
        "",
        "1. network (network)  to bring up",
        "     because it was never deployed",
        "2. web (web)  to bring up, after network",
        "     because it was never deployed",
        "     because it depends on network, which is brought up",
        "",
      ].join("\n"),
    );
  });

  it("say what a pull request, another branch and an alias lead to", async () => {
    const status = async (...args: string[]) =>
      told(await workspace.run(["status", "--target", "rehearsal", "--json", ...args]))["resolution"] as Record<
        string,
        unknown
      >;
    const pull = await status("--base-branch", "develop");
    assert.deepEqual([pull["environment"], pull["action"]], ["tst", "preview"]);
    assert.equal((await status("--branch", "spike"))["kind"], "none");
    assert.equal((await status("--env", "prod"))["environment"], "prd");
  });

  it("bring a program up whose last deployment failed, and one with a fault in it", async () => {
    await up("network");
    workspace.write("network/index.ts", 'throw new Error("no");\n');
    repository.commit();
    const failed = await workspace.run(["up", "--target", "rehearsal", "--cwd", "network"]);
    assert.equal(failed.code, 1, failed.stdout);
    repository.git("revert", "--no-edit", "HEAD");
    assert.deepEqual((await stacks())[0]?.because, ["its last update failed"]);
    await up("network");
    repository.commit({ "network/index.ts": "export const = 1;\n" });
    assert.match((await stacks())[0]?.because[0] ?? "", /^network\/index\.ts:1: Expected identifier/);
  });

  it("fail for projects that depend on each other in a cycle, and print it", async () => {
    repository.commit({ "trunkline.yaml": "projects:\n  network:\n    dependsOn: [web]\n" });
    for (const verb of ["status", "matrix"]) {
      const run = await workspace.run([verb, "--target", "rehearsal"]);
      assert.equal(run.code, 2, run.stdout);
      assert.match(run.stderr, /in a cycle: network -> web -> network\n/);
    }
  });
});
