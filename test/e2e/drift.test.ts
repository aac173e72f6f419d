import assert from "node:assert/strict";
import type { CliProject } from "../support/cli-project";
import { twoStacks } from "../crash/two-stacks";

const TARGET = ["--target", "rehearsal", "--env", "dev"];
const CLOUD = ".trunkline/rehearsal/cloud.json";

describe("drift of an environment", function () {
  this.timeout(300_000);
  let project: CliProject;
  let cloud: string;
  let settings: string;

  before(async () => {
    project = twoStacks();
    settings = project.read("trunkline.yaml");
    const up = await project.run(["up", "--all", ...TARGET]);
    assert.equal(up.code, 0, up.stdout + up.stderr);
    cloud = project.read(CLOUD);
  });
  afterEach(() => {
    project.write(CLOUD, cloud);
    project.write("trunkline.yaml", settings);
  });
  after(() => project.remove());

  const drift = () => project.run(["drift", ...TARGET]);

  /** Changes the bucket of `app` as a person in the vendor's console would. */
  function change(edit: (resources: any[], index: number) => void): void {
    const document = JSON.parse(cloud) as { resources: any[] };
    edit(
      document.resources,
      document.resources.findIndex(({ id }) => id === "acme-app"),
    );
    project.write(CLOUD, JSON.stringify(document));
  }
  const retag = () =>
    change((resources, index) => {
      for (const side of ["inputs", "outputs"]) resources[index][side].tags = { network: "acme-network", who: "me" };
    });

  it("is clean after an update, and neither state nor cloud are changed by looking", async () => {
    const before = project.resources("app", "dev");
    const run = await drift();
    assert.equal(run.code, 0, run.stdout + run.stderr);
    assert.match(run.stdout, /Drift of dev\n {2}app {2}clean\n {2}network {2}clean\n/);
    assert.deepEqual(project.resources("app", "dev"), before);
    assert.deepEqual(JSON.parse(project.read(CLOUD)), JSON.parse(cloud));
  });

  it("is told with the property that differs, and ends with exit code 4", async () => {
    retag();
    const run = await drift();
    assert.equal(run.code, 4, run.stdout + run.stderr);
    assert.match(
      run.stdout,
      /app {2}drifted: 1 resources\n {4}aws:s3\/bucket:Bucket bucket: changed tags.*\n {2}network {2}clean/,
    );
  });

  it("is told for what is gone", async () => {
    change((resources, index) => resources.splice(index, 1));
    const run = await drift();
    assert.equal(run.code, 4, run.stdout + run.stderr);
    assert.match(run.stdout, /aws:s3\/bucket:Bucket bucket: deleted\n/);
  });

  it("is none where trunkline.yaml allows it, and that is told", async () => {
    retag();
    const allowed = "drift:\n  allow:\n    - { urn: '*::bucket', properties: [tags], reason: marked by the audit }\n";
    project.write("trunkline.yaml", settings + allowed);
    const run = await drift();
    assert.equal(run.code, 0, run.stdout + run.stderr);
    assert.match(run.stdout, /app {2}clean\n {4}allowed: tags.* of urn:.*::bucket \(marked by the audit\)\n/);
  });

  it("is not checked for exempt stacks, which is told", async () => {
    retag();
    project.write(
      "trunkline.yaml",
      `${settings}drift:\n  exempt:\n    - { project: app, reason: rebuilt every night }\n`,
    );
    const run = await drift();
    assert.equal(run.code, 0, run.stdout + run.stderr);
    assert.match(run.stdout, /app {2}not checked: rebuilt every night\n {2}network {2}clean/);
  });

  it("is an error for a state that cannot be read, while the others are checked", async () => {
    const file = ".trunkline/rehearsal/state/.pulumi/stacks/app/dev.json";
    const state = project.read(file);
    project.write(file, state.slice(0, 100));
    const run = await drift();
    project.write(file, state);
    assert.equal(run.code, 1, run.stdout + run.stderr);
    assert.match(run.stdout, /app {2}error: [\s\S]*\n {2}network {2}clean/);
  });
});
