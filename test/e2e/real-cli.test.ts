import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { parse, stringify } from "yaml";
import { CliProject } from "../support/cli-project";
import { GitRepository } from "../support/git-repository";

const found = spawnSync("pulumi", ["version"], { encoding: "utf8" });
const DEV = ["--target", "rehearsal", "--env", "dev"];
const BY_CLI = [...DEV, "--engine", "cli"];
const BUNDLE = "dev.bundle.json";

describe("the environment on the simulated cloud with the real CLI", function () {
  this.timeout(1_200_000);
  if (found.status !== 0) {
    after(() => console.log("    - skipped: there is no pulumi on PATH"));
    return;
  }

  let project: CliProject;
  let repository: GitRepository;
  before(() => {
    project = CliProject.ofRepository();
    project.write(".gitignore", "node_modules\n.trunkline\n*.bundle.json\n");
    repository = new GitRepository(project.root);
    repository.commit({}, "begin");
  });
  after(() => project.remove());

  const run = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await project.run(args);
    assert.equal(code, 0, `${args.join(" ")}\n${stdout}${stderr}`);
    return stdout;
  };

  it(`is created by ${found.stdout?.trim()}, with a report that has nothing of what is for debugging`, async () => {
    const created = await run("up", ...BY_CLI);
    assert.match(created, /^Up {2}\d+ created/m);
    assert.doesNotMatch(created, /RPC|Registering resource/);
  });

  it("is as either engine wants it then", async () => {
    assert.match(await run("preview", ...DEV), /^Preview {2}no changes: \d+ unchanged/m);
    assert.match(await run("preview", ...BY_CLI), /^Preview {2}no changes: \d+ unchanged/m);
  });

  it("is changed from a bundle once, and no further time", async () => {
    const config = parse(project.read("Pulumi.dev.yaml")) as { config: Record<string, Record<string, string>> };
    config.config["trunkline:tags"]!["cost-center"] = "another";
    repository.commit({ "Pulumi.dev.yaml": stringify(config) }, "charge another cost centre");
    assert.match(await run("preview", ...BY_CLI, "--bundle", BUNDLE), /^Preview {2}\d+ to update/m);
    assert.match(await run("up", ...BY_CLI, "--bundle", BUNDLE), /^Up {2}\d+ updated/m);
    const again = await project.run(["up", ...BY_CLI, "--bundle", BUNDLE]);
    assert.equal(again.code, 3, again.stdout + again.stderr);
    assert.match(again.stdout, /state-moved: the state of dev moved/);
  });

  it("has not drifted, and can be refreshed", async () => {
    assert.match(await run("drift", ...BY_CLI), /trunkline {2}clean/);
    assert.match(await run("refresh", ...BY_CLI), /^Refresh {2}no changes/m);
  });
});
