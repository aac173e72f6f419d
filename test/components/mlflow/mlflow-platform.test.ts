import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_SEED } from "../../../rehearsal/cloud/seed";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import { rehearse } from "../../../rehearsal/testing/rehearse";
import type { RehearsalStack } from "../../../rehearsal/testing/rehearsal-stack";
import { GROUP, IMAGES, MINIMAL, platformProgram, type Section } from "./platform-program";

const deployer = "1d2c3b4a-5f6e-4978-8a9b-0c1d2e3f4a5b";

describe("an MLflow platform", function () {
  this.timeout(300_000);
  let directory: string;
  let cloud: SimulatedCloud;
  let stack: RehearsalStack | undefined;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "trunkline-mlflow-"));
    cloud = await SimulatedCloud.open(join(directory, "cloud.json"), {
      seed: {
        ...DEFAULT_SEED,
        azure: {
          ...DEFAULT_SEED.azure,
          principals: [
            { id: deployer, type: "ServicePrincipal" },
            { id: GROUP, type: "Group" },
          ],
        },
      },
    });
  });

  afterEach(async () => {
    await stack?.close();
    stack = undefined;
    await cloud.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function start(section: Section, images = IMAGES): Promise<RehearsalStack> {
    stack = await rehearse(platformProgram(section, images), {
      providers: (name, version) => cloud.providers(name, version),
    });
    return stack;
  }

  it("comes up, has no changes afterwards, and is destroyed without a leftover", async () => {
    const before = cloud.list().map(({ id }) => id);
    const platform = await start(MINIMAL);
    await platform.up();
    const again = await platform.preview();
    assert.deepEqual(
      again.steps.filter(({ op }) => op !== "same"),
      [],
    );
    const outputs = await platform.outputs();
    assert.equal(outputs.trackingUri?.value, "http://mlflow.mlflow.svc.cluster.local:5000");
    assert.equal(outputs.adminPassword?.secret, true);
    assert.equal(outputs.kubeconfigCommand?.value, "trunkline kubeconfig --env dev");
    assert.match(
      String(outputs.artifactLocation?.value),
      /^wasbs:\/\/mlflow-artifacts@acmedevmlflowart[a-z0-9]{8}\.blob\.core\.windows\.net\/acme-dev$/,
    );
    await platform.destroy();
    assert.deepEqual(
      cloud.list().map(({ id }) => id),
      before,
    );
  });

  it("has MySQL on a disk, an ingress with TLS and the roles of who deploys where that is asked for", async () => {
    const platform = await start({
      ...MINIMAL,
      database: { inCluster: {} },
      exposure: { ingress: { host: "mlflow.example.org", tlsSecretName: "mlflow-tls" } },
      deployerObjectId: deployer,
      runnerGroupObjectIds: [GROUP],
    });
    const { steps } = await platform.up();
    const created = steps.filter(({ op }) => op === "create").map(({ name }) => name);
    for (const name of ["ml-database-stateful-set", "ml-server-ingress", "ml-project-runs-role-binding"]) {
      assert.ok(created.includes(name), name);
    }
    assert.deepEqual(created.filter((name) => name.includes("deployer")).sort(), [
      ...["build", "push", "reach", "work"].map((purpose) => `ml-deployer-${purpose}`),
      "ml-project-runs-deployer-uploads",
    ]);
    assert.ok(created.includes("ml-project-runs-runners-upload-0"));
    assert.equal((await platform.outputs()).trackingUri?.value, "https://mlflow.example.org");
  });

  it("builds nothing anew for an unchanged context, and one image and what runs it for a changed one", async () => {
    const platform = await start(MINIMAL);
    await platform.up();
    const changed = {
      ...IMAGES,
      trackingServer: { ...IMAGES.trackingServer, "requirements.txt": "mlflow[auth]==3.17.3\n" },
    };
    const { steps } = await platform.up({ program: platformProgram(MINIMAL, changed) });
    assert.deepEqual([...new Set(steps.filter(({ op }) => op !== "same").map(({ name }) => name))].sort(), [
      "ml-images-mlflow-server",
      "ml-server-deployment",
      "ml-server-migration",
    ]);
  });

  it("keeps its secrets secret: no password is in the state or the simulated cloud in clear", async () => {
    const platform = await start(MINIMAL);
    await platform.up();
    const password = String((await platform.outputs()).adminPassword?.value);
    assert.ok(password.length >= 32);
    assert.ok(!JSON.stringify(cloud.list()).includes(password));
  });
});
