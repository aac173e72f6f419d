import assert from "node:assert/strict";
import { parse } from "yaml";
import type { CliProject, CliRun } from "../support/cli-project";
import { endpointProject } from "../support/endpoint-project";
import { GitRepository } from "../support/git-repository";
import { HttpStandIn } from "../support/http-stand-in";

const REHEARSED = ["--env", "dev", "--target", "rehearsal"];

/** Runs `trunkline release …` in a rehearsal, and expects an exit code. */
async function release(project: CliProject, args: string, code = 0): Promise<CliRun> {
  const run = await project.run(["release", ...args.split(" "), ...REHEARSED]);
  assert.equal(run.code, code, `release ${args}\n${run.stdout}${run.stderr}`);
  return run;
}

async function up(project: CliProject): Promise<void> {
  const { code, stdout, stderr } = await project.run(["up", ...REHEARSED]);
  assert.equal(code, 0, stdout + stderr);
}

describe("releases of an endpoint of Azure by the command line", function () {
  this.timeout(1_800_000);
  let project: CliProject;
  let github: HttpStandIn;
  const pulls: Record<string, unknown>[] = [];

  before(async () => {
    project = endpointProject(({ config }) => (config["trunkline:azure"].endpoint.instanceCount = 21));
    github = await HttpStandIn.start((line, { body }) => {
      if (line === "GET /repos/mlopspltf/trunkline/pulls") return [200, pulls];
      if (line === "POST /repos/mlopspltf/trunkline/pulls") {
        pulls.push({ number: 7, html_url: "https://github.example/7", ...body });
        return [201, pulls[0]];
      }
      if (line === "PATCH /repos/mlopspltf/trunkline/pulls/7") return [200, Object.assign(pulls[0] ?? {}, body)];
      return [404, { message: line }];
    });
    const git = new GitRepository(project.root);
    git.git("remote", "add", "origin", "https://github.com/mlopspltf/trunkline.git");
    git.commit({ ".gitignore": "node_modules\n.trunkline\n.cache\n" }, "begin");
    git.git("switch", "--quiet", "-c", "develop");
    project.env = { GITHUB_TOKEN: "t", GITHUB_API_URL: github.url };
    await up(project);
  });
  after(async () => {
    await github.stop();
    project.remove();
  });

  const status = async () => (await release(project, "status")).stdout;

  it("are refused before anything is made where the quota does not suffice, which is said", async () => {
    const { stderr } = await release(project, "deploy", 3);
    assert.match(
      stderr,
      /21 x Standard_DS3_v2 takes quota for 26 instances \(20 % in reserve\): 104 of 100 free cores/,
    );
    assert.match(stderr, /the quota does not suffice/);
    const now = await status();
    assert.match(now, /blue +not there\n +green +not there\n/);
    assert.match(now, /next: trunkline release deploy: no release was begun here/);
  });

  it("make a first model live", async () => {
    project.write("Pulumi.dev.yaml", project.read("Pulumi.dev.yaml").replace("instanceCount: 21", "instanceCount: 1"));
    await up(project);
    await release(project, "deploy --model taxi-fares:1");
    await release(project, "test");
    await release(project, "promote");
    assert.match(await status(), /green +taxi-fares:1 +healthy +100 %/);
  });

  it("give a new model a share only after its test, copy requests to it, and propose it by one pull request", async () => {
    await release(project, "deploy --model taxi-fares:2");
    const early = await release(project, "shift --to 10", 3);
    assert.match(early.stderr, /has not passed its test/);
    await release(project, "propose --base main --head develop", 3);
    await release(project, "test");
    await release(project, "shift --mirror 20");
    assert.match(await status(), /blue +taxi-fares:2 +healthy +0 %, copies of 20 %/);
    await release(project, "shift --to 10");
    assert.match(await status(), /blue +taxi-fares:2 +healthy +10 %\n +green +taxi-fares:1 +healthy +90 %/);
    const opened = await release(project, "propose --base main --head develop");
    assert.match(opened.stdout, /https:\/\/github\.example\/7/);
    await release(project, "propose --base main --head develop");
    assert.deepEqual(
      pulls.map(({ title, head, base }) => ({ title, head, base })),
      [{ title: "Release taxi-fares:2", head: "develop", base: "main" }],
    );
    assert.match(
      String(pulls[0]?.["body"]),
      /^`taxi-fares:2` passed its test in blue of `mlopspltf-dev-taxi-fares` in dev\./,
    );
  });

  it("are one at a time: the second is refused with the owner of the first, which stops when it is told to", async () => {
    const steps = ["--steps", "50,100", "--hold", "30m", "--every", "1s"];
    const first = project.run(["release", "promote", ...steps, ...REHEARSED]);
    let over = false;
    void first.finally(() => (over = true));
    const journal = ".trunkline/rehearsal/journal/dev/releases/mlopspltf-dev-taxi-fares";
    const halfway =
      /"state":"done","traffic":\{"blue":50,"green":50\}|"traffic":\{[^}]*"blue":50[^}]*\}[^\n]*"state":"done"/;
    while (!over && !halfway.test(project.read(`${journal}.jsonl`))) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.ok(!over, "the first release has ended");
    const { pid } = JSON.parse(project.read(`${journal}.lock`)) as { pid: number };
    const second = await release(project, "abort", 3);
    assert.match(
      second.stderr,
      new RegExp(`a release of mlopspltf-dev-taxi-fares is under way by .*process ${pid} on `),
    );
    process.kill(pid, "SIGINT");
    const { stdout, stderr } = await first;
    assert.match(stdout, /taxi-fares:2 in blue was told to stop in its midst/, stderr);
    assert.throws(() => project.read(`${journal}.lock`), /ENOENT/);
    assert.match(await status(), /blue +taxi-fares:2 +healthy +50 %/);
  });

  it("are aborted: requests go where they went, and the new slot is gone", async () => {
    const { stdout } = await release(project, "abort");
    assert.match(stdout, /blue is removed/);
    assert.match(await status(), /blue +not there\n +green +taxi-fares:1 +healthy +100 %/);
  });

  it("are taken back by themselves where the new slot fails, and say what of the error budget was spent", async () => {
    await release(project, "deploy --model taxi-fares:2");
    await release(project, "test");
    const before = project.env;
    project.env = { ...before, TRUNKLINE_REHEARSAL_FAULTS: '{"blue":{"failRate":1}}' };
    const steps = "--steps 50,100 --hold 5m --every 200ms --fewest 5 --load 20";
    const { stdout } = await release(project, `promote ${steps}`, 1);
    project.env = { ...before, TRUNKLINE_REHEARSAL_FAULTS: '{"blue":{}}' };
    assert.match(stdout, /taxi-fares:2 in blue crossed a limit and was taken back; .* go to green 100 %/);
    assert.match(stdout, /error budget spent: \d+ failed of \d+ requests to the new slot, 0 were allowed/);
  });

  it("retire the old slot, after which there is no way back", async () => {
    await release(project, "deploy --model taxi-fares:3");
    await release(project, "test");
    const { stdout } = await release(project, "promote --retire");
    assert.match(stdout, /green is removed/);
    assert.match(await status(), /blue +taxi-fares:3 +healthy +100 %\n +green +not there/);
    const back = await release(project, "rollback", 3);
    assert.match(back.stderr, /green, which served before taxi-fares:3, was removed/);
  });

  it("have settings that an env file brings", async () => {
    project.write(
      ".env.staging",
      "group=ml-tst\nworkspace=ml-tst-ws\nlocation=northeurope\nendpoint=fares-tst\nmodel=fares\n",
    );
    const { code, stdout, stderr } = await project.run(["config", "import-env", ".env.staging", "--env", "dev"]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^\+.*model: fares$/m);
    const { endpoint } = parse(project.read("Pulumi.dev.yaml")).config["trunkline:azure"];
    assert.deepEqual(endpoint.workspace, { existing: { resourceGroupName: "ml-tst", name: "ml-tst-ws" } });
    assert.deepEqual([endpoint.location, endpoint.name, endpoint.model], ["northeurope", "fares-tst", "fares"]);
  });
});

describe("releases of an endpoint of Databricks by the command line", function () {
  this.timeout(1_800_000);
  let project: CliProject;

  before(async () => {
    const subscription = "/subscriptions/3a5f8c1e-7d24-4b69-9e03-1c8d5a7b2f46";
    project = endpointProject(({ config }) => {
      delete config["trunkline:azure"].endpoint;
      config["trunkline:databricks"] = {
        accountId: "c7d2e4a9-51b6-4830-b9fc-0e6a28d17354",
        workspace: {
          host: "https://adb-4444444444444444.4.azuredatabricks.net",
          id: "4444444444444444",
          resourceId: `${subscription}/resourceGroups/rg/providers/Microsoft.Databricks/workspaces/ws`,
        },
        serving: { name: "fares", initialModel: "ml_dev.default.fares:1" },
      };
    });
    await up(project);
  });
  after(() => project.remove());

  const status = async () => (await release(project, "status")).stdout;
  const STEPS = "--steps 20,100 --hold 2s --every 200ms --fewest 5 --load 20";

  it("go by steps to a new version, and back", async () => {
    assert.match(await status(), /blue +ml_dev\.default\.fares:1 +healthy +100 %\n +green +not there/);
    const { stderr } = await release(project, "deploy --model ml_dev.default.fares:9", 2);
    assert.match(stderr, /has no version 9, its newest are 3, 2, 1/);
    await release(project, "deploy --model ml_dev.default.fares:2");
    await release(project, "test");
    const mirrored = await release(project, "shift --mirror 20", 3);
    assert.match(mirrored.stderr, /model serving of Databricks copies no requests to a second slot/);
    const { stdout } = await release(project, `promote ${STEPS}`);
    assert.match(stdout, /ml_dev\.default\.fares:2 in green is promoted; requests to fares go to green 100 %/);
    await release(project, "rollback --retire");
    assert.match(await status(), /blue +ml_dev\.default\.fares:1 +healthy +100 %\n +green +not there/);
  });

  it("are taken back by themselves where the new slot fails", async () => {
    await release(project, "deploy");
    await release(project, "test");
    project.env = { TRUNKLINE_REHEARSAL_FAULTS: '{"green":{"failRate":1}}' };
    const { stdout } = await release(project, `promote ${STEPS}`, 1);
    assert.match(stdout, /ml_dev\.default\.fares:3 in green crossed a limit and was taken back; .* go to blue 100 %/);
    assert.match(stdout, /error budget spent: \d+ failed of \d+ requests/);
  });
});
