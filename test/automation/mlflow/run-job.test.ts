import assert from "node:assert/strict";
import fc from "fast-check";
import { LoggedRuns } from "../../../automation/mlflow/logged-runs";
import { runJob, runName } from "../../../automation/mlflow/run-job";
import { jobTemplate } from "../../support/fake-cluster";

const request = { project: "sample", entryPoint: "train", parameters: { samples: "5", text: "a b; $(rm)" } };

describe("the Job of a run", () => {
  it("is the platform's, with a name, annotations, and what mlflow is told", () => {
    const job = runJob(jobTemplate, "run-1", request, "churn");
    assert.equal(job.metadata.name, "run-1");
    assert.deepEqual(job.metadata.labels, jobTemplate.metadata.labels);
    assert.deepEqual(job.metadata.annotations, { "trunkline/project": "sample", "trunkline/entry-point": "train" });
    const { template } = job.spec as typeof jobTemplate.spec;
    assert.deepEqual(template.spec.containers[0], {
      ...jobTemplate.spec.template.spec.containers[0],
      args: [
        ...["run", "/projects/sample", "--entry-point", "train", "--env-manager", "local"],
        ...["--experiment-name", "churn", "--param-list", "samples=5", "--param-list", "text=a b; $(rm)"],
      ],
    });
    assert.deepEqual(template.spec.volumes, jobTemplate.spec.template.spec.volumes);
  });

  it("has a name that Kubernetes takes for Jobs and for labels, whatever the project is called", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.stringMatching(/^[0-9a-f]{6}$/), (project, entryPoint, random) => {
        const name = runName({ project, entryPoint, parameters: {} }, new Date("2026-01-02T03:04:05.678Z"), random);
        assert.match(name, /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
        assert.ok(name.endsWith(`-20260102030405-${random}`));
      }),
    );
  });
});

describe("the runs of MLflow that a log tells of", () => {
  it("are those that mlflow started and those that a client ended, each once", () => {
    const logged = new LoggedRuns();
    const [a, b] = ["0f".repeat(16), "a1".repeat(16)];
    for (const line of [
      "2026/11/28 INFO mlflow.projects.backend.local: === Running command 'python x' in run with ID '" + a + "' === ",
      `🏃 View run fast-bee-7 at: http://mlflow.mlflow.svc.cluster.local:5000/#/experiments/12/runs/${b}`,
      `🧪 View experiment at: http://mlflow.mlflow.svc.cluster.local:5000/#/experiments/12`,
      `INFO mlflow.projects: === Run (ID '${a}') succeeded ===`,
      `🏃 View run x at: http://mlflow:5000/#/experiments/0/runs/${a}`,
    ]) {
      logged.read(line);
    }
    assert.deepEqual(logged.runIds, [a, b]);
  });
});
