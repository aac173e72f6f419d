import assert from "node:assert/strict";
import { cloudMlflow } from "../../../automation/ports/cloud-mlflow";
import { execKubeconfig } from "../../../components/mlflow/exec-kubeconfig";
import { jobTemplate } from "../../support/fake-cluster";

describe("the platform of MLflow in Azure", () => {
  it("shows a run at the address of its tracking server", async () => {
    const server = "https://c.hcp.westeurope.azmk8s.io:443";
    const kubeconfig = execKubeconfig({ name: "c", server, certificateAuthorityData: "Y2E=" }, "azurecli");
    const { runAddress } = cloudMlflow(
      {
        ...{ target: "cloud", projectDir: ".", note: () => {}, learned: () => {} },
        facts: {
          trackingUri: "https://mlflow.example.org",
          cluster: { name: "c", kubeconfig },
          projects: { namespace: "mlflow", shareAccount: "a", share: "s", jobTemplate },
        },
      },
      {},
    );
    assert.equal(await runAddress("0f"), "https://mlflow.example.org/#/runs/0f");
  });
});
