import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { allowedHosts } from "../../components/mlflow/allowed-hosts";
import { pythonEnvironment } from "../support/python-environment";
import { TrackingServerProcess } from "./tracking-server-process";

const sample = resolve(__dirname, "../../artifacts/mlflow/projects/sample");
const requirements = ["tracking-server", "project-run"].map((image) =>
  resolve(__dirname, "../../artifacts/mlflow", image, "requirements.txt"),
);

describe("a real tracking server with the component's arguments and environment", function () {
  this.timeout(900_000);
  let server: TrackingServerProcess;
  let project: string;

  before(async () => {
    project = mkdtempSync(join(tmpdir(), "trunkline-mlproject-"));
    cpSync(sample, project, { recursive: true });
    server = await TrackingServerProcess.start(await pythonEnvironment("mlflow", requirements), {
      service: "mlflow",
      namespace: "ml",
      outsideUri: "https://mlflow.example.org",
      workers: 2,
    });
  });

  after(async () => {
    await server?.stop();
    rmSync(project, { recursive: true, force: true });
  });

  /** A search that every user may make. */
  const experiments = "/api/2.0/mlflow/experiments/search?max_results=1";

  it("tells probes its health whatever they call it, without a password", async () => {
    assert.deepEqual(await server.ask("/health", "10.244.0.17:5000", ""), { status: 200, body: "OK" });
  });

  it("answers under each allowed name", async () => {
    for (const host of allowedHosts(server.settings)) {
      assert.equal((await server.ask(experiments, host)).status, 200, host);
    }
  });

  it("refuses foreign names, and allowed ones with a foreign port", async () => {
    for (const host of ["evil.example.com", "mlflow.ml.svc:8080", "mlflow.other.svc", "mlflow.example.org.evil.com"]) {
      const { status, body } = await server.ask(experiments, host);
      assert.equal(status, 403, host);
      assert.match(body, /Invalid Host header/);
    }
  });

  it("wants a name and the right password", async () => {
    assert.equal((await server.ask(experiments, "mlflow.ml", "")).status, 401);
    assert.equal((await server.ask(experiments, "mlflow.ml", "admin:password1234")).status, 401);
  });

  it("trains and evaluates the sample project, with artifacts through the server", async () => {
    const run = (entryPoint: string, experiment: string, ...parameters: string[]) =>
      server.client(project, "mlflow", [
        ...["run", ".", "-e", entryPoint, "--env-manager", "local", "--experiment-name", experiment],
        ...["-P", "experiment_name=churn", ...parameters.flatMap((parameter) => ["-P", parameter])],
      ]);
    const [, trained] = /trained run (\w+) in experiment churn/.exec(await run("train", "churn")) ?? [];
    assert.ok(trained);
    const [, source, evaluated] =
      /evaluated run (\w+) in run (\w+) of churn_eval/.exec(await run("evaluate", "churn_eval")) ?? [];
    assert.equal(source, trained);
    const byId = /evaluated run (\w+) in run/.exec(await run("evaluate", "churn", `run_id=${trained}`));
    assert.equal(byId?.[1], trained);

    const { body } = await server.ask(`/api/2.0/mlflow/runs/get?run_id=${evaluated}`, "mlflow.ml.svc");
    const { run: told } = JSON.parse(body) as {
      run: { info: { status: string; artifact_uri: string }; data: { metrics: { key: string; value: number }[] } };
    };
    assert.equal(told.info.status, "FINISHED");
    assert.match(told.info.artifact_uri, /^mlflow-artifacts:\//);
    const metrics = new Map(told.data.metrics.map(({ key, value }) => [key, value]));
    assert.ok(metrics.get("r2")! > 0.9, `r2 is ${metrics.get("r2")}`);
    assert.ok(metrics.has("mean_absolute_error"));
  });

  it("says what to do where there is nothing to evaluate", async () => {
    await assert.rejects(
      server.client(project, "mlflow", [
        ...["run", ".", "-e", "evaluate", "--env-manager", "local", "-P", "experiment_name=nobody"],
      ]),
      /there is no experiment 'nobody': train first/,
    );
  });
});
