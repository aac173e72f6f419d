import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import { mlflowSection, type MlflowConfig } from "../../../components/config/mlflow-section";
import { MlflowPlatform } from "../../../components/mlflow/mlflow-platform";
import { readMlflowImages } from "../../../components/mlflow/read-images";
import { DEFAULT_SEED } from "../../../rehearsal/cloud/seed";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import { rehearse } from "../../../rehearsal/testing/rehearse";
import type { RehearsalStack } from "../../../rehearsal/testing/rehearsal-stack";

const images = readMlflowImages(resolve(__dirname, "../../../artifacts/mlflow"));
const { subscriptions, location } = DEFAULT_SEED.azure;
const [subscription] = subscriptions;
const group = "7f3a4c1e-90d2-4b7a-a1c5-2e8d6f0b9c34";
const deployer = "1d2c3b4a-5f6e-4978-8a9b-0c1d2e3f4a5b";

type Section = Parameters<typeof mlflowSection.parse>[0];

/** The smallest config that there is. */
const minimal = { adminGroupObjectIds: [group], exposure: { cluster: {} }, protect: false };

function program(section: Section, built = images) {
  const mlflow: MlflowConfig = mlflowSection.parse(section);
  return async () => {
    const provider = new AzureProvider("azure", { subscriptionId: subscription?.id, tenantId: subscription?.tenantId });
    const { outputs } = new MlflowPlatform(
      "ml",
      {
        ...{ organization: "acme", environment: "dev", location, tags: { team: "ml" } },
        subscriptionId: subscription?.id ?? "",
        mlflow,
        images: built,
        azureProvider: provider,
      },
      { providers: { "azure-native": provider } },
    );
    return { ...outputs };
  };
}

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
        azure: { ...DEFAULT_SEED.azure, principals: [{ id: deployer, type: "ServicePrincipal" }] },
      },
    });
  });

  afterEach(async () => {
    await stack?.close();
    stack = undefined;
    await cloud.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function start(section: Section, built = images): Promise<RehearsalStack> {
    stack = await rehearse(program(section, built), { providers: (name, version) => cloud.providers(name, version) });
    return stack;
  }

  it("comes up, has no changes afterwards, and is destroyed without a leftover", async () => {
    const before = cloud.list().map(({ id }) => id);
    const platform = await start(minimal);
    await platform.up();
    const again = await platform.preview();
    assert.deepEqual(
      again.steps.filter(({ op }) => op !== "same"),
      [],
    );
    const outputs = await platform.outputs();
    assert.equal(outputs.trackingUri?.value, "http://mlflow.mlflow.svc.cluster.local:5000");
    assert.equal(outputs.adminPassword?.secret, true);
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
      ...minimal,
      database: { inCluster: {} },
      exposure: { ingress: { host: "mlflow.example.org", tlsSecretName: "mlflow-tls" } },
      deployerObjectId: deployer,
      runnerGroupObjectIds: [group],
    });
    const { steps } = await platform.up();
    const created = steps.filter(({ op }) => op === "create").map(({ name }) => name);
    for (const name of ["ml-database-stateful-set", "ml-server-ingress", "ml-project-runs-role-binding"]) {
      assert.ok(created.includes(name), name);
    }
    assert.deepEqual(
      created.filter((name) => name.includes("deployer")).sort(),
      ["acrPush", "aksClusterUser", "aksRbacClusterAdmin", "contributor"].map((role) => `ml-deployer-${role}`),
    );
    assert.equal((await platform.outputs()).trackingUri?.value, "https://mlflow.example.org");
  });

  it("builds nothing anew for an unchanged context, and one image and what runs it for a changed one", async () => {
    const platform = await start(minimal);
    await platform.up();
    const changed = {
      ...images,
      trackingServer: { ...images.trackingServer, "requirements.txt": "mlflow[auth]==3.17.3\n" },
    };
    const { steps } = await platform.up({ program: program(minimal, changed) });
    assert.deepEqual([...new Set(steps.filter(({ op }) => op !== "same").map(({ name }) => name))].sort(), [
      "ml-images-mlflow-server",
      "ml-server-deployment",
      "ml-server-migration",
    ]);
  });

  it("keeps its secrets secret: no password is in the state or the simulated cloud in clear", async () => {
    const platform = await start(minimal);
    await platform.up();
    const password = String((await platform.outputs()).adminPassword?.value);
    assert.ok(password.length >= 32);
    assert.ok(!JSON.stringify(cloud.list()).includes(password));
  });
});
