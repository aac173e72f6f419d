import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execKubeconfig } from "../../../../components/mlflow/exec-kubeconfig";
import { LocalCluster } from "../../../../rehearsal/cloud/local/local-cluster";
import type { LocalJob } from "../../../../rehearsal/cloud/local/local-job";
import { localRoot, shareFolder } from "../../../../rehearsal/cloud/local/local-paths";
import { DEFAULT_SEED } from "../../../../rehearsal/cloud/seed";
import { SimulatedCloud } from "../../../../rehearsal/cloud/simulated-cloud";

const SERVER = "https://acme.hcp.azmk8s.io:443";
const kubeconfig = execKubeconfig({ name: "acme", server: SERVER, certificateAuthorityData: "" }, "azurecli");
const seed = { ...DEFAULT_SEED, kubernetes: { clusters: [{ server: SERVER }] } };

describe("a namespace of a simulated cluster", function () {
  this.timeout(60_000);
  let root: string;
  let cloudFile: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "trunkline-cluster-"));
    cloudFile = join(root, "cloud.json");
    mkdirSync(join(root, "env/bin"), { recursive: true });
    writeFileSync(join(root, "env/bin/mlflow"), '#!/bin/sh\necho "$@"\n');
    chmodSync(join(root, "env/bin/mlflow"), 0o755);
    await withCloud(async (cloud) => {
      const provider = cloud.providers("kubernetes")!;
      await provider.configure({ kubeconfig });
      const metadata = { name: "mlflow" };
      const create = (type: string, inputs: object) =>
        provider.create({
          ...{ urn: `urn:${type}`, type: `kubernetes:core/v1:${type}`, name: type, preview: false, timeoutSeconds: 0 },
          inputs: { apiVersion: "v1", kind: type, ...inputs },
        });
      await create("Namespace", { metadata });
      const csi = { volumeHandle: "acmeprj-mlflow-projects", volumeAttributes: { shareName: "mlflow-projects" } };
      await create("PersistentVolume", { metadata: { name: "projects" }, spec: { csi } });
      const inNamespace = { name: "mlflow-projects", namespace: "mlflow" };
      await create("PersistentVolumeClaim", { metadata: inNamespace, spec: { volumeName: "projects" } });
    });
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function withCloud<T>(work: (cloud: SimulatedCloud) => Promise<T>): Promise<T> {
    const cloud = await SimulatedCloud.open(cloudFile, { seed });
    try {
      return await work(cloud);
    } finally {
      await cloud.close();
    }
  }

  const cluster = () =>
    new LocalCluster({
      ...{ cloudFile, kubeconfig, namespace: "mlflow", withCloud, note: () => {} },
      env: { PATH: "/usr/bin:/bin", TRUNKLINE_PYTHON_ENV: join(root, "env") },
    });

  const job = (name: string, pod: object = {}, spec: object = {}): LocalJob =>
    ({
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name, namespace: "mlflow" },
      spec: {
        ...spec,
        template: {
          spec: {
            containers: [
              {
                ...{ name: "project", image: "docker.io/mlflow:1", args: ["run", "/projects/sample", "/projectsx"] },
                volumeMounts: [{ name: "projects", mountPath: "/projects" }],
              },
            ],
            volumes: [{ name: "projects", persistentVolumeClaim: { claimName: "mlflow-projects" } }],
            ...pod,
          },
        },
      },
    }) as unknown as LocalJob;

  async function log(of: LocalCluster, name: string): Promise<string[]> {
    const lines: string[] = [];
    const onLine = (line: string) => void lines.push(line);
    await of.log(name, { follow: true, signal: new AbortController().signal, onLine });
    return lines;
  }

  it("runs what a container would, with the folder of the share that its claim is bound to", async () => {
    const here = cluster();
    await here.create(job("a"));
    assert.deepEqual(await log(here, "a"), [
      `run ${join(shareFolder(cloudFile, "acmeprj", "mlflow-projects"), "sample")} /projectsx`,
    ]);
    const { status } = (await here.get("a"))!;
    assert.deepEqual(status?.conditions, [{ type: "Complete", status: "True" }]);
    await withCloud(async (cloud) => {
      assert.ok(cloud.get("kubernetes:batch/v1:Job", "mlflow/a"), "it is a Job of the cluster like any other");
    });
  });

  it("takes a name once", async () => {
    const here = cluster();
    await here.create(job("a"));
    await log(here, "a");
    await assert.rejects(here.create(job("a")), /jobs\.batch "a" already exists/);
    assert.equal((await here.list()).length, 1);
  });

  for (const [title, pod, reason, pods] of [
    ["an account that is not there", { serviceAccountName: "nobody" }, "FailedCreate", 0],
    [
      "a claim that is not there",
      { volumes: [{ name: "projects", persistentVolumeClaim: { claimName: "none" } }] },
      "FailedScheduling",
      1,
    ],
    [
      "an image that nobody built",
      { containers: [{ name: "project", image: "acme.azurecr.io/mlflow:1" }] },
      "ImagePullBackOff",
      1,
    ],
  ] as const) {
    it(`never starts a pod with ${title}, and tells why`, async () => {
      const here = cluster();
      await here.create(job("a", pod));
      assert.equal((await here.events("a"))[0]?.reason, reason);
      assert.equal((await here.pods("a")).length, pods);
      assert.deepEqual((await here.get("a"))?.status?.conditions, undefined);
    });
  }

  it("removes a Job that ended longer ago than it says", async () => {
    const here = cluster();
    await here.create(job("a", {}, { ttlSecondsAfterFinished: 0 }));
    while (await here.get("a")) await log(here, "a").catch(() => undefined);
    assert.deepEqual(await here.list(), []);
    await withCloud(async (cloud) => assert.equal(cloud.get("kubernetes:batch/v1:Job", "mlflow/a"), undefined));
  });

  it("has nothing on disk any more when the namespace and the shares are gone", async () => {
    const here = cluster();
    mkdirSync(shareFolder(cloudFile, "acmeprj", "mlflow-projects"), { recursive: true });
    await here.create(job("a"));
    await log(here, "a");
    assert.ok(existsSync(localRoot(cloudFile)));
    await withCloud((cloud) => cloud.remove("kubernetes:core/v1:Namespace", "mlflow"));
    assert.equal(existsSync(localRoot(cloudFile)), false);
  });
});
