import assert from "node:assert/strict";
import type { OutputMap } from "@pulumi/pulumi/automation";
import { mlflowFacts, mlflowSecrets } from "../../../automation/mlflow/mlflow-facts";
import { jobTemplate } from "../../support/fake-cluster";

const mlflow = {
  trackingUri: "https://mlflow.example.org",
  cluster: { name: "c", kubeconfig: "{}" },
  projects: { namespace: "mlflow", shareAccount: "a", share: "s", jobTemplate },
};
const outputs = (azure: unknown): OutputMap => ({ azure: { value: azure, secret: false } });

describe("what an environment's outputs tell of MLflow", () => {
  it("is handed on with all that the template has", () => {
    assert.deepEqual(mlflowFacts(outputs({ mlflow }), "dev"), mlflow);
  });

  it("fails where there is no platform", () => {
    for (const value of [outputs({}), {}]) {
      assert.throws(() => mlflowFacts(value, "dev"), {
        code: "refused",
        message: /^environment dev has no MLflow platform$/,
      });
    }
  });

  it("fails where an older version wrote them, and says what is missing", () => {
    const { jobTemplate: _gone, ...projects } = mlflow.projects;
    assert.throws(() => mlflowFacts(outputs({ mlflow: { ...mlflow, projects } }), "prd"), {
      code: "refused",
      message: "the outputs of prd lack azure.mlflow.projects.jobTemplate",
    });
  });

  it("has the administrator's password as an output of its own, which is masked", () => {
    assert.deepEqual(mlflowSecrets({ mlflowAdminPassword: { value: "p", secret: true } }), ["p"]);
    assert.deepEqual(mlflowSecrets({}), []);
  });
});
