import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { validate as validateDockerfile } from "dockerfile-utils";
import { GROUP, MINIMAL, platformProgram } from "./platform-program";
import { DEFAULT_SEED } from "../../../rehearsal/cloud/seed";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import { rehearse } from "../../../rehearsal/testing/rehearse";

/** Validates an object against the API's own OpenAPI schema; throws what is wrong with it. */
async function validateObject(object: { apiVersion: string; kind: string }): Promise<void> {
  const { apiVersion, kind } = object;
  const models = (await import(`kubernetes-models/${apiVersion}`)) as Record<
    string,
    new (value: object) => { validate(): void }
  >;
  const Model = models[kind] ?? assert.fail(`kubernetes-models has no ${apiVersion} ${kind}`);
  new Model(object).validate();
}

describe("the objects that an MLflow platform has in Kubernetes", function () {
  this.timeout(300_000);
  const variants = {
    "behind an ingress with a managed database": {
      ...MINIMAL,
      exposure: { ingress: { host: "mlflow.example.org", tlsSecretName: "mlflow-tls" } },
    },
    "behind a load balancer with MySQL on a disk": {
      ...MINIMAL,
      database: { inCluster: {} },
      exposure: { loadBalancer: { dnsLabel: "acme-mlflow", sourceRanges: ["203.0.113.0/24"] } },
      runnerGroupObjectIds: [GROUP],
    },
  };
  for (const [title, section] of Object.entries(variants)) {
    it(`are valid for its API: ${title}`, async () => {
      const directory = await mkdtemp(join(tmpdir(), "trunkline-kubernetes-"));
      const azure = { ...DEFAULT_SEED.azure, principals: [{ id: GROUP, type: "Group" as const }] };
      const cloud = await SimulatedCloud.open(join(directory, "cloud.json"), { seed: { ...DEFAULT_SEED, azure } });
      const stack = await rehearse(platformProgram(section), {
        providers: (name, version) => cloud.providers(name, version),
      });
      try {
        await stack.up();
        const objects = (await stack.state())
          .filter(({ type }) => type.startsWith("kubernetes:"))
          .map(({ inputs }) => inputs);
        assert.ok(objects.length >= 12, `${objects.length} objects`);
        for (const object of objects) await validateObject(object as never);
        const { jobTemplate } = (await stack.outputs()).projects?.value as { jobTemplate: { metadata: object } };
        await validateObject({ ...jobTemplate, metadata: { ...jobTemplate.metadata, name: "run" } } as never);
      } finally {
        await stack.close();
        await cloud.close();
        await rm(directory, { recursive: true, force: true });
      }
    });
  }
});

describe("the validation of objects of Kubernetes", () => {
  it("finds a field that is missing, and one of the wrong type", async () => {
    const metadata = { name: "server" };
    await assert.rejects(
      validateObject({ apiVersion: "v1", kind: "Service", metadata, spec: { ports: [{}] } } as never),
    );
    await assert.rejects(
      validateObject({ apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { replicas: "two" } } as never),
    );
  });
});

describe("the Dockerfiles of the MLflow platform", () => {
  for (const image of ["tracking-server", "project-run"]) {
    it(`have nothing that a linter finds: ${image}`, () => {
      const file = resolve(__dirname, "../../../artifacts/mlflow", image, "Dockerfile");
      assert.deepEqual(
        validateDockerfile(readFileSync(file, "utf8")).map(({ message }) => message),
        [],
      );
    });
  }
});
