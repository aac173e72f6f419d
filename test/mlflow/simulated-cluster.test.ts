import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CliProject, type CliRun } from "../support/cli-project";
import { pythonEnvironment } from "../support/python-environment";

const CONFIG = `config:
  trunkline:organization: acme
  trunkline:repository: { fullName: acme/platform, ownerId: 1, id: 2 }
  trunkline:azure:
    subscriptionId: 3a5f8c1e-7d24-4b69-9e03-1c8d5a7b2f46
    tenantId: 5e9b1d73-2c48-4f0a-8a67-d31f9c04b852
    location: westeurope
    mlflow: { adminGroupObjectIds: [2f6b8d40-1c3e-4a5f-9b7d-8e0c2a4f6b81], exposure: { cluster: {} } }
`;

const requirements = ["tracking-server", "project-run"].map((image) =>
  resolve(__dirname, "../../artifacts/mlflow", image, "requirements.txt"),
);

describe("the sample project in the simulated cluster, with a real mlflow", function () {
  this.timeout(1_800_000);
  let project: CliProject;
  const ofDev = async (line: string): Promise<CliRun> => {
    const run = await project.run([...line.split(" "), "--target", "rehearsal", "--env", "dev"]);
    assert.equal(run.code, 0, run.stdout + run.stderr);
    return run;
  };

  before(async () => {
    project = CliProject.ofRepository();
    project.env = { TRUNKLINE_PYTHON_ENV: dirname(await pythonEnvironment("mlflow", requirements)) };
    for (const environment of ["dev", "tst", "prd"]) project.write(`Pulumi.${environment}.yaml`, CONFIG);
    await ofDev("up");
  });
  after(() => project.remove());

  it("is uploaded, trains, is evaluated, and goes with its environment", async () => {
    await ofDev("mlproject upload artifacts/mlflow/projects/sample");
    const trained = await ofDev(
      "mlproject run sample -e train -P experiment_name=churn -P samples=300 --experiment churn --json",
    );
    const { kind, runs } = JSON.parse(trained.stdout) as { kind: string; runs: { runId: string; address: string }[] };
    assert.deepEqual([kind, runs.length], ["succeeded", 1]);
    assert.ok(existsSync(join(fileURLToPath(runs[0]!.address), "meta.yaml")), runs[0]!.address);
    assert.match(trained.stderr, new RegExp(`trained run ${runs[0]!.runId} in experiment churn`));
    const evaluated = await ofDev(
      "mlproject run sample -e evaluate -P experiment_name=churn --experiment churn_eval --json",
    );
    const [, source, target] = /evaluated run (\w+) in run (\w+) of churn_eval/.exec(evaluated.stderr) ?? [];
    const told = JSON.parse(evaluated.stdout) as { runs: { runId: string }[] };
    assert.deepEqual([source, target], [runs[0]!.runId, told.runs[0]!.runId]);
    const listed = await ofDev("mlproject list --json");
    assert.deepEqual(
      (JSON.parse(listed.stdout) as { runs: { state: string }[] }).runs.map(({ state }) => state),
      ["succeeded", "succeeded"],
    );
    await ofDev("destroy --remove-protection");
    assert.equal(existsSync(project.path(".trunkline/rehearsal/cloud.json.files")), false);
  });
});
