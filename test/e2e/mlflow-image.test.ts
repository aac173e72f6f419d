import assert from "node:assert/strict";
import { CliProject, type CliRun } from "../support/cli-project";

const CONFIG = `config:
  trunkline:organization: acme
  trunkline:repository: { fullName: acme/platform, ownerId: 1, id: 2 }
  trunkline:azure:
    subscriptionId: 3a5f8c1e-7d24-4b69-9e03-1c8d5a7b2f46
    tenantId: 5e9b1d73-2c48-4f0a-8a67-d31f9c04b852
    location: westeurope
    mlflow: { adminGroupObjectIds: [2f6b8d40-1c3e-4a5f-9b7d-8e0c2a4f6b81], exposure: { cluster: {} } }
`;

const DOCKERFILE = "artifacts/mlflow/tracking-server/Dockerfile";
const FAULT =
  /^error: azure-native:containerregistry:TaskRun dev-azure-mlflow-images-mlflow-server: 1 error occurred:\n\s*\* run \w+ ended as Failed: failed to run step ID: build: exit status 1: dockerfile parse error on line 11: Unknown instruction: USR$/m;

describe("an image of MLflow that cannot be built, in a rehearsal", function () {
  this.timeout(600_000);
  let project: CliProject;
  let good: string;
  const ofDev = (line: string): Promise<CliRun> =>
    project.run([...line.split(" "), "--target", "rehearsal", "--env", "dev"]);
  /** What of a cluster is in the state. */
  const objects = () =>
    project
      .resources("trunkline", "dev")
      .map(({ type }) => type)
      .filter((type) => type.startsWith("kubernetes:"));

  before(() => {
    project = CliProject.ofRepository();
    project.write("Pulumi.dev.yaml", CONFIG);
    good = project.read(DOCKERFILE);
  });
  after(() => project.remove());

  it("fails the update with one message and the place of its log, with nothing of the tracking server made", async () => {
    project.write(DOCKERFILE, good.replace("USER 10001", "USR 10001"));
    const { code, stdout, stderr } = await ofDev("up");
    assert.equal(code, 1, stdout + stderr);
    assert.match(stdout, FAULT);
    assert.deepEqual(stdout.match(/^error: .*$/gm)?.slice(1), ["error: update failed"]);
    assert.doesNotMatch(stdout + stderr, /failed to deliver|unhandled|Channel/);
    assert.match(
      stdout,
      /^an image was not built; in Azure the log of its build is: az acr taskrun logs --registry acmedevmlflow\w* --name dev-azure-mlflow-images-mlflow-server\w+$/m,
    );
    assert.deepEqual(
      objects().filter((type) => /Deployment|Job|Service$/.test(type)),
      [],
    );
  });

  it("fails in the same way until it is mended; then the update goes on, and nothing is left to do", async () => {
    const again = await ofDev("up");
    assert.equal(again.code, 1);
    assert.match(again.stdout, FAULT);
    project.write(DOCKERFILE, good);
    const mended = await ofDev("up");
    assert.equal(mended.code, 0, mended.stdout + mended.stderr);
    assert.ok(objects().includes("kubernetes:apps/v1:Deployment"));
    assert.equal(project.resources("trunkline", "dev").filter(({ type }) => type.endsWith(":TaskRun")).length, 2);
    assert.match((await ofDev("preview")).stdout, /^Preview {2}no changes: /m);
  });

  it("leaves a platform that is up as it was", async () => {
    const before = objects();
    project.write(DOCKERFILE, good.replace("USER 10001", "USR 10001"));
    assert.equal((await ofDev("up")).code, 1);
    assert.deepEqual(objects(), before);
    project.write(DOCKERFILE, good);
    const taken = await ofDev("up");
    assert.equal(taken.code, 0, taken.stdout + taken.stderr);
    assert.deepEqual(objects(), before);
    assert.equal((await ofDev("destroy --remove-protection")).code, 0);
  });
});
