import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AzureAgent } from "../support/azure-agent";
import { CliProject, type CliRun } from "../support/cli-project";
import { GitRepository } from "../support/git-repository";

const program = (length: number) => `import { RandomPet } from "@pulumi/random/randomPet";
export const name = new RandomPet("pet", { length: ${length} }).id;
console.log("token:", process.env.SYSTEM_ACCESSTOKEN || "none");
`;

const FILES = {
  "package.json": '{ "name": "app", "version": "1.0.0" }',
  "Pulumi.yaml":
    'name: app\nmain: index.ts\nruntime:\n  name: nodejs\n  options: { typescript: false, nodeargs: "--import tsx" }\n',
  "Pulumi.dev.yaml": "config: {}\n",
  "Pulumi.tst.yaml": "config: {}\n",
  "Pulumi.prd.yaml": "config: {}\n",
  "index.ts": program(2),
  "trunkline.yaml": "gate:\n  tst: [{ from: stage }]\n  prd: [{ from: stage }]\n",
};

describe("the stages of azure-pipelines.yml", function () {
  this.timeout(600_000);
  let project: CliProject;
  let git: GitRepository;
  let agent: AzureAgent;

  before(async () => {
    project = new CliProject(FILES);
    git = new GitRepository(project.root, "main");
    git.commit({ ".gitignore": "node_modules\n.trunkline\n.job\n" }, "begin");
    agent = await AzureAgent.start(project, git);
  });
  after(async () => {
    project.remove();
    await agent.stop();
  });

  const ended = (run: CliRun, code: number) => assert.equal(run.code, code, run.stdout + run.stderr);
  const pets = (environment: string) =>
    project.resources("app", environment).filter(({ urn }) => urn.endsWith("::pet")).length;

  it("bring dev up, whose gate is open, by the bundle that the plan kept", async () => {
    ended(await agent.stage("dev", "plan"), 0);
    assert.equal(pets("dev"), 0);
    ended(await agent.stage("dev", "apply"), 0);
    assert.equal(pets("dev"), 1);
  });

  it("refuse tst while nobody has to approve its stage, and while nobody has", async () => {
    ended(await agent.stage("tst", "plan"), 0);
    const open = await agent.stage("tst", "apply");
    ended(open, 3);
    assert.match(open.stdout, /approval-unprotected: nobody has to approve the stage apply_tst of run 42-1/);
    agent.answers.set("apply_tst", [{ status: "pending", by: "bob@example.com" }]);
    const waiting = await agent.stage("tst", "apply");
    ended(waiting, 3);
    assert.match(waiting.stdout, /approval-missing/);
    agent.answers.set("apply_tst", [{ status: "approved", by: "Ada Author" }]);
    const own = await agent.stage("tst", "apply");
    ended(own, 3);
    assert.match(own.stdout, /approval-author/);
    assert.equal(pets("tst"), 0);
  });

  it("bring tst up once somebody else approved its stage, and prd not by that", async () => {
    agent.answers.set("apply_tst", [{ status: "approved", by: "bob@example.com" }]);
    const applied = await agent.stage("tst", "apply");
    ended(applied, 0);
    assert.match(applied.stdout, /approved by bob@example\.com \(an approver of the stage of Azure Pipelines\)/);
    assert.equal(pets("tst"), 1);
    assert.match(applied.stdout, /token: \[secret\]/);
    assert.equal(applied.stdout.includes(agent.token), false);
    ended(await agent.stage("prd", "plan"), 0);
    ended(await agent.stage("prd", "apply"), 3);
    assert.equal(pets("prd"), 0);
    agent.answers.set("apply_prd", [{ status: "approved", by: "carol@example.com" }]);
    ended(await agent.stage("prd", "apply"), 0);
    assert.equal(pets("prd"), 1);
  });

  it("refuse the bundle of another run, and of another commit", async () => {
    ended(await agent.stage("prd", "plan"), 0);
    git.commit({ "index.ts": program(3) }, "three pets");
    const moved = await agent.stage("prd", "apply");
    ended(moved, 3);
    assert.match(moved.stdout, /commit-moved/);
    ended(await agent.stage("prd", "plan"), 0);
    const bundle = project.read(`.job/artifacts/${agent.run}/trunkline-prd/bundle.json`);
    agent.run += 1;
    project.write(`.job/artifacts/${agent.run}/trunkline-prd/bundle.json`, bundle);
    const foreign = await agent.stage("prd", "apply");
    ended(foreign, 3);
    assert.match(foreign.stdout, /approval-foreign: the bundle was made by run 42-1, what was approved is run 43-1/);
  });

  it("leave the token of the job in no file", () => {
    const files = readdirSync(project.root, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !entry.parentPath.includes("node_modules"),
    );
    assert.ok(files.length > 20);
    for (const { parentPath, name } of files) {
      const text = readFileSync(join(parentPath, name), "latin1");
      assert.equal(text.includes(agent.token), false, join(parentPath, name));
    }
  });
});
