import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { CliProject } from "../support/cli-project";

describe("a rehearsal of this repository's own program", function () {
  this.timeout(300_000);
  let project: CliProject;
  const ofDev = (...args: string[]) => project.run([...args, "--target", "rehearsal", "--env", "dev"]);

  before(() => {
    project = CliProject.ofRepository();
  });
  after(() => project.remove());

  it("brings the environment up, finds no changes after that, and shows the outputs", async () => {
    const before = ["Pulumi.yaml", "Pulumi.dev.yaml"].map((file) => project.read(file));
    const run = await ofDev("rehearse");
    assert.equal(run.code, 0, run.stdout + run.stderr);
    assert.match(run.stdout, /^Preview {2}\d+ to create in /m);
    assert.match(run.stdout, /^\+ created(?: \(\d+\.\d s\))? {2}aws:s3:Bucket {2}dev-aws-state-bucket$/m);
    assert.match(run.stdout, /^Preview {2}no changes: \d+ unchanged in /m);
    assert.match(run.stdout, /bucketName: mlopspltf-dev-s3-tf-backend/);
    assert.ok(run.stdout.includes(`State lives in ${project.path(".trunkline/rehearsal")}`));
    assert.deepEqual(
      ["Pulumi.yaml", "Pulumi.dev.yaml"].map((file) => project.read(file)),
      before,
    );
    assert.equal(statSync(project.path(".trunkline/rehearsal/passphrase")).mode & 0o777, 0o600);
    assert.ok(!run.stdout.includes("\u001B"), "no colours where there is no terminal");
  });

  it("records where in the project each resource is made", () => {
    const bucket = project.resources("trunkline", "dev").find(({ urn }) => urn.endsWith("::dev-aws-state-bucket"));
    assert.match(bucket?.sourcePosition ?? "", /^project:\/\/\/components\/state\/[\w-]+\.ts#\d+,\d+$/);
  });

  it("changes nothing when it is run again", async () => {
    const run = await ofDev("rehearse");
    assert.equal(run.code, 0, run.stdout + run.stderr);
    assert.equal(run.stdout.match(/no changes: /g)?.length, 3, run.stdout);
  });

  it("answers preview, refresh and outputs from the same state", async () => {
    const preview = await ofDev("preview");
    assert.match(preview.stdout, /^Preview {2}no changes/m);
    const refresh = await ofDev("refresh");
    assert.match(refresh.stdout, /^Refresh {2}no changes/m, refresh.stdout + refresh.stderr);
    const outputs = await ofDev("outputs", "--json");
    const json = JSON.parse(outputs.stdout) as { kind: string; outputs: { environment: string } };
    assert.deepEqual([json.kind, json.outputs.environment], ["outputs", "dev"]);
  });

  it("gives one JSON document of an operation with --json", async () => {
    const run = await ofDev("up", "--json");
    const json = JSON.parse(run.stdout) as { kind: string; report: { changed: boolean; resources: unknown[] } };
    assert.deepEqual([json.kind, json.report.changed], ["done", false]);
    assert.ok(json.report.resources.length > 30);
  });

  it("rehearses another environment beside it", async () => {
    const run = await project.run(["rehearse", "--env", "prd"]);
    assert.equal(run.code, 0, run.stdout + run.stderr);
    assert.match(run.stdout, /mlopspltf-prd-s3-tf-backend/);
  });

  it("refuses to destroy what is protected, by name, and destroys it when protection is taken off", async () => {
    const refused = await ofDev("destroy");
    assert.equal(refused.code, 3, refused.stdout + refused.stderr);
    assert.match(refused.stdout, /destroy is refused: \d+ resources of dev are protected/);
    assert.match(refused.stdout, /dev-aws-state-bucket/);
    assert.ok(project.resources("trunkline", "dev").length > 30);
    const destroyed = await ofDev("destroy", "--remove-protection");
    assert.equal(destroyed.code, 0, destroyed.stdout + destroyed.stderr);
    assert.deepEqual(project.resources("trunkline", "dev"), []);
    const cloud = JSON.parse(project.read(".trunkline/rehearsal/cloud.json")) as { resources: { id: string }[] };
    assert.deepEqual(
      cloud.resources.filter(({ id }) => id.includes("dev-s3") || id.includes("dev-ddb")),
      [],
    );
  });

  it("follows the branch that is checked out", async () => {
    const git = (...args: string[]) => spawnSync("git", args, { cwd: project.root });
    git("init", "--initial-branch", "develop");
    const run = await project.run(["preview", "--target", "rehearsal"]);
    assert.match(run.stdout, /^environment tst: branch develop deploys to tst$/m, run.stderr);
  });
});
