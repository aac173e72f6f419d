import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { isProvenGone, type ProcessIdentity } from "../../rehearsal/engine/backend/process-identity";
import { CliProject, type CliRun } from "../support/cli-project";

const CONFIG = `config:
  trunkline:organization: acme
  trunkline:repository: { fullName: acme/platform, ownerId: 1, id: 2 }
  trunkline:azure:
    subscriptionId: 3a5f8c1e-7d24-4b69-9e03-1c8d5a7b2f46
    tenantId: 5e9b1d73-2c48-4f0a-8a67-d31f9c04b852
    location: westeurope
    keyVault: { vault: { create: {} }, credentials: { create: { clientId: 1c8d5a7b-7d24-4b69-9e03-3a5f8c1e2f46 } } }
    mlflow:
      adminGroupObjectIds: [2f6b8d40-1c3e-4a5f-9b7d-8e0c2a4f6b81]
      runnerGroupObjectIds: [9c1e3a57-6b8d-4f20-a4c6-e81357902b4d]
      deployerObjectId: 5e9b1d73-1c3e-4a5f-9b7d-8e0c2a4f6b81
      exposure: { cluster: {} }
`;

const MLPROJECT = `entry_points:
  main:
    parameters: { code: { type: float, default: 0 }, seconds: { type: float, default: 0 } }
    command: "sh main.sh {code} {seconds}"
`;

/** Stands in for `mlflow`: tells what it was given, and does what the parameters say. */
const FAKE_MLFLOW = `#!/bin/sh
echo "args: $*"
echo "tracking: $MLFLOW_TRACKING_URI password: $MLFLOW_TRACKING_PASSWORD"
echo "=== Running command 'x' in run with ID '0123456789abcdef0123456789abcdef' ==="
code=0; seconds=0
for argument in "$@"; do case "$argument" in code=*) code=\${argument#code=};; seconds=*) seconds=\${argument#seconds=};; esac; done
cat "$2/MLproject" > /dev/null || exit 9
case "$*" in *--experiment-name*) mkdir -p "\${MLFLOW_TRACKING_URI#file://}/7/0123456789abcdef0123456789abcdef";; esac
sleep "$seconds"
echo "the end"
exit "$code"
`;

interface Started {
  readonly pid: number;
  readonly identity: ProcessIdentity;
}

describe("projects of MLflow in a rehearsal", function () {
  this.timeout(600_000);
  let project: CliProject;
  const ofDev = (line: string): Promise<CliRun> =>
    project.run([...line.split(" "), "--target", "rehearsal", "--env", "dev"]);
  const json = (run: CliRun) => JSON.parse(run.stdout) as Record<string, any>;

  before(async () => {
    project = CliProject.ofRepository();
    project.write("Pulumi.dev.yaml", CONFIG);
    project.write("churn/MLproject", MLPROJECT);
    project.write("churn/main.sh", "echo hello");
    project.write("env/bin/mlflow", FAKE_MLFLOW);
    chmodSync(project.path("env/bin/mlflow"), 0o755);
    project.env = { TRUNKLINE_PYTHON_ENV: project.path("env") };
    const up = await ofDev("up");
    assert.equal(up.code, 0, up.stdout + up.stderr);
  });
  after(() => project.remove());

  it("go to the share once, and then what changed", async () => {
    const first = json(await ofDev("mlproject upload churn --json"));
    assert.deepEqual([first.written, first.unchanged, first.entryPoints], [["MLproject", "main.sh"], 0, ["main"]]);
    project.write("churn/main.sh", "echo good-bye");
    const second = json(await ofDev("mlproject upload churn --json"));
    assert.deepEqual([second.written, second.removed, second.unchanged], [["main.sh"], [], 1]);
    const { stdout } = await ofDev("mlproject upload churn");
    assert.match(stdout, /0 written, 0 removed, 2 unchanged$/m);
  });

  it("run as a process of this machine, whose log is followed, and tell their run of MLflow", async () => {
    const run = await ofDev("mlproject run churn -P code=0 --experiment e --run-name first");
    assert.equal(run.code, 0, run.stdout + run.stderr);
    assert.match(run.stderr, /^the simulated cluster runs it as a process of this machine, with .*env\/bin\/mlflow$/m);
    assert.match(
      run.stderr,
      /^args: run \/.*\/mlflow-projects\/churn --entry-point main --env-manager local --experiment-name e --param-list code=0$/m,
    );
    assert.match(run.stderr, /^tracking: file:\/\/\/.*\/mlruns password: $/m);
    assert.match(run.stdout, /^run first succeeded$/m);
    const [, address = ""] = /^MLflow run 0123456789abcdef0123456789abcdef {2}(file:.*)$/m.exec(run.stdout) ?? [];
    assert.ok(statSync(fileURLToPath(address)).isDirectory(), run.stdout);
  });

  for (const code of [1, 2, 3, 4, 42, 255]) {
    it(`end the CLI with their process's exit code ${code}, and say that it is theirs`, async () => {
      const run = await ofDev(`mlproject run churn -P code=${code} --run-name code-${code} --json`);
      assert.equal(run.code, code, run.stdout + run.stderr);
      const { kind, exitCode, exit, reason, runs } = json(run);
      assert.deepEqual([kind, exitCode, exit], ["failed", code, { code, of: "run" }]);
      assert.equal(reason, `its process ended with exit code ${code}`);
      assert.equal(runs.length, 1);
      assert.equal((await ofDev(`mlproject remove code-${code}`)).code, 0);
    });
  }

  it("tell for people whose exit code it is", async () => {
    const run = await ofDev("mlproject run churn -P code=3 --run-name second");
    assert.equal(run.code, 3, run.stdout + run.stderr);
    assert.match(run.stdout, /^run second failed with exit code 3: its process ended with exit code 3$/m);
  });

  it("are left alone when nobody wants to follow them any more, listed, stopped and removed", async () => {
    const args = ["mlproject", "run", "churn", "-P", "seconds=600", "--run-name", "long", "--target", "rehearsal"];
    const following = project.run([...args, "--env", "dev"], undefined);
    for (;;) {
      const { runs } = json(await ofDev("mlproject list --json"));
      if (runs.some(({ name, state }: any) => name === "long" && state === "running")) break;
    }
    const refused = await ofDev("mlproject remove long");
    assert.equal(refused.code, 3, refused.stdout + refused.stderr);
    const stopped = await ofDev("mlproject stop long");
    assert.match(stopped.stdout, /^run long was stopped$/m);
    const followed = await following;
    assert.equal(followed.code, 143);
    assert.match(followed.stdout, /^run long was stopped$/m);
    assert.match((await ofDev("mlproject stop long")).stdout, /^run long has ended already$/m);
    assert.match((await ofDev("mlproject logs long")).stdout, /^args: run /m);
    const { stdout } = await ofDev("mlproject list");
    assert.match(stdout, /^first {3}succeeded {2}\S+Z$/m);
    assert.match(stdout, /^second {2}failed {5}\S+Z {2}its process ended with exit code 3$|^second {2}failed/m);
    assert.match(stdout, /^long {4}stopped/m);
    assert.match((await ofDev("mlproject remove long")).stdout, /^run long was removed$/m);
    assert.equal((await ofDev("mlproject logs long")).code, 2);
  });

  for (const [line, code, message] of [
    ["mlproject run churn --run-name first", 3, /^error: a run of this name exists already: jobs\.batch "first"/m],
    ["mlproject run churn -e train", 2, /^error: project churn has no entry point "train"$/m],
    ["mlproject run churn -P cod=1", 2, /there is no parameter "cod", did you mean code\?$/m],
    ["mlproject run ../churn", 2, /^error: "\.\.\/churn" is not the name of a project on the share$/m],
    ["mlproject run churm", 2, /^error: there is no project churm on the share /m],
    ["mlproject run churn --run-name Up", 2, /^error: "Up" cannot be the name of a run$/m],
    ["mlproject upload components", 2, /has no file MLproject$/m],
    ["mlproject upload churn --name a/b", 2, /^error: "a\/b" is not the name of a project/m],
    ["mlproject logs nobody", 2, /^error: no run is called nobody$/m],
    ["kubeconfig --check", 2, /^error: the cluster of a rehearsal cannot be asked/m],
  ] as const) {
    it(`fails for: trunkline ${line}`, async () => {
      const run = await ofDev(line);
      assert.deepEqual([run.code, message.test(run.stderr)], [code, true], run.stderr);
    });
  }

  it("are created by none of the lines that failed", async () => {
    const { runs } = json(await ofDev("mlproject list --json"));
    assert.deepEqual(
      runs.map(({ name }: any) => name),
      ["first", "second"],
    );
  });

  it("fail where MLflow is not installed, and say so", async () => {
    const { env } = project;
    project.env = { PATH: `${process.execPath.replace(/\/[^/]*$/, "")}:/usr/bin:/bin` };
    try {
      const run = await ofDev("mlproject run churn");
      assert.equal(run.code, 3);
      assert.match(run.stderr, /there is none on PATH: activate an environment that has it, or name its folder/);
    } finally {
      project.env = env;
    }
  });

  it("have a kubeconfig without a credential, which replaces no other file", async () => {
    const written = json(await ofDev("kubeconfig --file kube/config --json"));
    assert.deepEqual([written.kind, written.path], ["written", project.path("kube/config")]);
    assert.equal(statSync(project.path("kube/config")).mode & 0o777, 0o600);
    const config = parse(project.read("kube/config"));
    assert.equal(config.users[0].user.exec.command, "kubelogin");
    chmodSync(project.path("kube/config"), 0o644);
    assert.equal(json(await ofDev("kubeconfig --file kube/config --json")).kind, "unchanged");
    assert.equal(statSync(project.path("kube/config")).mode & 0o777, 0o600);
    project.write("kube/config", "mine: true\n");
    const refused = await ofDev("kubeconfig --file kube/config");
    assert.equal(refused.code, 3, refused.stderr);
    assert.match(refused.stderr, /exists with another content\nnext: .*nothing is merged$/m);
    assert.equal(project.read("kube/config"), "mine: true\n");
    assert.equal((await ofDev("kubeconfig --file kube/config --force")).code, 0);
    assert.match(
      (await ofDev("kubeconfig")).stdout,
      /^written: .*\.trunkline\/kubeconfig-dev, readable by its owner only$/m,
    );
  });

  it("leave no password among what is printed", async () => {
    const { stdout } = await ofDev("outputs");
    assert.match(stdout, /^mlflowAdminPassword: "\[secret\]"$/m);
    assert.doesNotMatch(stdout, /adminPassword:/);
    assert.match(stdout, /kubeconfigCommand: trunkline kubeconfig --env dev/);
    assert.match(stdout, /passwordSecrets:\n\s+admin: mlflow-admin-password\n\s+database: mlflow-database-password/);
  });

  it("go with their environment, the share's files and running processes included", async () => {
    const following = project.run(
      [..."mlproject run churn -P seconds=600 --run-name last --target rehearsal --env dev".split(" ")],
      { text: "", signal: "SIGINT" },
    );
    const files = project.path(".trunkline/rehearsal/cloud.json.files");
    for (;;) {
      const { runs } = json(await ofDev("mlproject list --json"));
      if (runs.some(({ name, state }: any) => name === "last" && state === "running")) break;
    }
    const [started = ""] = readdirSync(files, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith("last/process.json"),
    );
    const { pid, identity } = JSON.parse(readFileSync(join(files, started), "utf8")) as Started;
    assert.equal(await isProvenGone(identity, pid), false);
    const destroyed = await ofDev("destroy --remove-protection");
    assert.equal(destroyed.code, 0, destroyed.stdout + destroyed.stderr);
    assert.equal((await following).code, 1);
    const cloud = JSON.parse(readFileSync(project.path(".trunkline/rehearsal/cloud.json"), "utf8"));
    assert.deepEqual(
      cloud.resources.filter(({ type }: any) => /kubernetes|FileShare|ManagedCluster/.test(type)),
      [],
    );
    assert.equal(existsSync(files), false, "no file is left");
    assert.equal(await isProvenGone(identity, pid), true);
  });
});
