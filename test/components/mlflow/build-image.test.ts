import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Registry } from "@pulumi/azure-native/containerregistry/registry";
import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { buildImage } from "../../../components/mlflow/build-image";
import type { FaultRule } from "../../../rehearsal/cloud/faults";
import { DEFAULT_SEED } from "../../../rehearsal/cloud/seed";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import { rehearse } from "../../../rehearsal/testing/rehearse";
import type { RehearsalStack } from "../../../rehearsal/testing/rehearsal-stack";
import type { CreateRequest } from "../../../rehearsal/engine/provider/provider";
import type { PropertyMap } from "../../../rehearsal/engine/values/property-value";
import { GROUP, IMAGES, MINIMAL, platformProgram } from "./platform-program";

const TASK_RUN = "azure-native:containerregistry:TaskRun";
const SERVER = "ml-images-mlflow-server";

/** The images, the tracking server's with another Dockerfile. */
const withDockerfile = (change: (text: string) => string) => {
  const { Dockerfile = "" } = IMAGES.trackingServer;
  return { ...IMAGES, trackingServer: { ...IMAGES.trackingServer, Dockerfile: change(Dockerfile) } };
};

describe("an image of the platform", function () {
  this.timeout(300_000);
  let directory: string;
  let cloud: SimulatedCloud;
  let stack: RehearsalStack | undefined;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "trunkline-image-"));
  });
  afterEach(async () => {
    await stack?.close();
    stack = undefined;
    await cloud.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function start(images = IMAGES, faults: readonly FaultRule[] = []): Promise<RehearsalStack> {
    const azure = { ...DEFAULT_SEED.azure, principals: [{ id: GROUP, type: "Group" as const }] };
    cloud = await SimulatedCloud.open(join(directory, "cloud.json"), { seed: { ...DEFAULT_SEED, azure }, faults });
    stack = await rehearse(platformProgram(MINIMAL, images), {
      providers: (name, version) => cloud.providers(name, version),
    });
    return stack;
  }
  const runs = () => cloud.list().filter(({ type }) => type === TASK_RUN).map(({ outputs }) => outputs.provisioningState); // prettier-ignore
  const workloads = () => cloud.list().filter(({ type }) => /:(Deployment|Job)$/.test(type)).map(({ type, inputs }) => JSON.stringify([type, inputs])); // prettier-ignore

  it("fails the first update where it cannot be built, before anything runs that needs it, and the next one goes on", async () => {
    const platform = await start(withDockerfile((text) => text.replace("USER", "USR")));
    await assert.rejects(platform.up(), /run \w+ ended as Failed: failed to run step ID: build: .*Unknown instruction: USR/);
    assert.deepEqual([runs().sort(), workloads()], [["Failed", "Succeeded"], []]);
    await platform.up({ program: platformProgram(MINIMAL) });
    assert.deepEqual([runs(), workloads().length], [["Succeeded", "Succeeded"], 2]);
    const again = await platform.preview({ program: platformProgram(MINIMAL) });
    assert.deepEqual(again.steps.filter(({ op }) => op !== "same"), []); // prettier-ignore
  }); // prettier-ignore

  it("stays in use where a later one cannot be built, and after that one was taken back", async () => {
    const platform = await start();
    await platform.up();
    const before = workloads();
    const broken = withDockerfile((text) => text.replace("COPY requirements.txt", "COPY requirement.txt"));
    await assert.rejects(platform.up({ program: platformProgram(MINIMAL, broken) }), /stat requirement\.txt: file does not/);
    assert.deepEqual([runs().sort(), workloads()], [["Failed", "Succeeded", "Succeeded"], before]);
    await platform.up({ program: platformProgram(MINIMAL) });
    assert.deepEqual([runs(), workloads()], [["Succeeded", "Succeeded"], before]);
  }); // prettier-ignore

  it("is built again, unchanged, where its build failed for a cause that passes", async () => {
    const passing = { partialFailure: ["run ca1 ended as Failed: pip: Connection reset by peer"] };
    const match = { operation: "create", type: TASK_RUN, urn: `::${SERVER}` } as const;
    const platform = await start(IMAGES, [{ match, times: 1, fault: passing }]);
    await assert.rejects(platform.up(), /Connection reset by peer/);
    const { steps } = await platform.up();
    assert.ok(steps.some(({ op, name }) => op === "create-replacement" && name === SERVER));
    assert.deepEqual(runs(), ["Succeeded", "Succeeded"]);
  });
});

describe("a run of a registry that is told of as made", function () {
  this.timeout(300_000);

  /** A stack with one image, in a registry that tells of the run's end in its own way. */
  async function withResult<T>(
    runResult: PropertyMap | undefined,
    work: (stack: RehearsalStack) => Promise<T>,
  ): Promise<T> {
    const directory = await mkdtemp(join(tmpdir(), "trunkline-image-"));
    const cloud = await SimulatedCloud.open(join(directory, "cloud.json"));
    const stack = await rehearse(oneImage, {
      providers: (name, version) => {
        const provider = cloud.providers(name, version);
        if (provider === undefined || name !== "azure-native") return provider;
        const create = provider.create.bind(provider);
        return Object.assign(provider, {
          create: async (request: CreateRequest) => {
            const made = await create(request);
            return request.type === TASK_RUN ? { ...made, outputs: { ...made.outputs, runResult } } : made;
          },
        });
      },
    });
    try {
      return await work(stack);
    } finally {
      await stack.close();
      await cloud.close();
      await rm(directory, { recursive: true, force: true });
    }
  }

  const oneImage = async () => {
    const [subscription] = DEFAULT_SEED.azure.subscriptions;
    const ids = { subscriptionId: subscription?.id, tenantId: subscription?.tenantId };
    const opts = { provider: new AzureProvider("azure", ids) };
    const resourceGroupName = new ResourceGroup("group", { location: "westeurope" }, opts).name;
    const sku = { name: "Standard" };
    const registry = new Registry(
      "registry",
      { registryName: "acmedev", resourceGroupName, location: "westeurope", sku },
      opts,
    );
    const context = { Dockerfile: "FROM scratch\n" };
    return { image: buildImage("server", { registry, resourceGroupName, repository: "mlflow-server", context }, opts) };
  };

  for (const status of ["Failed", "Canceled", "Error", "Timeout"]) {
    it(`fails the update where it ended as ${status}, with the place of its log, and each one until it is mended`, async () => {
      const result = { status, runId: "ca1", runErrorMessage: "exit status 1" };
      const told = new RegExp(
        `the image mlflow-server:[0-9a-f]{16} was not built: run ca1 of (server[0-9a-f]+) in the registry acmedev ended as ` +
          `${status}: exit status 1; its log: az acr taskrun logs --registry acmedev --name \\1; correct what`,
      );
      await withResult(result, async (stack) => {
        await assert.rejects(stack.up(), told);
        await assert.rejects(stack.preview(), told);
        const errors = stack.operations.map(({ messages }) => new Set(messages.map(({ text }) => text)));
        assert.deepEqual(
          errors.map(({ size }) => size),
          [1, 1],
        );
      });
    });
  }

  for (const runResult of [{ status: "Succeeded", runId: "ca1" }, { status: "Running", runId: "ca1" }, undefined]) {
    it(`gives the reference where it ${runResult ? `is told as ${runResult.status}` : "tells nothing"}`, async () => {
      const outputs = await withResult(runResult, async (stack) => (await stack.up(), stack.outputs()));
      assert.match(String(outputs.image?.value), /^acmedev\.azurecr\.io\/mlflow-server:[0-9a-f]{16}$/);
    });
  }
});
