import assert from "node:assert/strict";
import { owners } from "../../../automation/ports/owners";
import { ownedOperations } from "../../../automation/run/owned-operation";
import { runOperation } from "../../../automation/stack/run-operation";
import { readLocks } from "../../../automation/state/read-locks";
import { PulumiStandIn, type CliLock, type CliWorld } from "../../support/pulumi-stand-in";
import { CliProject } from "../../support/cli-project";
import { verbDeps } from "../../support/verb-deps";

const LOCK: CliLock = {
  url: "s3://acme-dev-s3-tf-backend/platform/.pulumi/locks/organization/app/dev/1f7c.json",
  user: "runner",
  host: "fv-az1",
  pid: 2211,
  at: "2026-11-21T10:00:05Z",
};
const READ = { url: LOCK.url, user: LOCK.user, host: LOCK.host, pid: LOCK.pid, since: LOCK.at };
const OWNER = {
  host: "fv-az1",
  pid: 2200,
  user: "runner",
  ciRun: { system: "github", repository: "acme/platform", run: "77", attempt: 1 },
} as const;
const TAGS = { "trunkline:run": JSON.stringify({ owner: OWNER, at: "2026-11-21T10:00:00.000Z" }) };

describe("the locks of a stack in an object store", function () {
  this.timeout(120_000);
  let cli: PulumiStandIn;
  afterEach(() => cli.remove());
  const standIn = (world: Partial<CliWorld> = {}) => (cli = new PulumiStandIn(world));

  it("are looked for by an operation that has nothing to do, which names them", async () => {
    const stack = await standIn({ locks: [LOCK] }).stack();
    assert.deepEqual(await readLocks(stack), [READ]);
    const [probe = "", ...others] = cli.calls.filter((call) => call.startsWith("refresh"));
    assert.match(probe, /--target urn:pulumi:dev::app::trunkline:lock:Nothing::nothing/);
    assert.deepEqual(others, []);
  });

  it("are none where that operation only misses its target, and it has changed nothing", async () => {
    const stack = await standIn().stack();
    const before = cli.world;
    assert.deepEqual(await readLocks(stack), []);
    assert.deepEqual(cli.world, before);
  });

  it("are read from the refusal that is there already, without asking again", async () => {
    const stack = await standIn().stack();
    const line = `${LOCK.url}: created by ${LOCK.user}@${LOCK.host} (pid ${LOCK.pid}) at ${LOCK.at}`;
    assert.deepEqual(await readLocks(stack, `error: the stack is currently locked by 1 lock(s).\n  ${line}`), [READ]);
    assert.ok(!cli.calls.some((call) => call.startsWith("refresh")));
  });

  it("fail to be read where the operation fails for another reason, and in Pulumi Cloud", async () => {
    await assert.rejects(readLocks(await standIn({ fault: "no credentials for s3" }).stack()), /no credentials for s3/);
    cli.remove();
    const cloud = standIn({ url: "https://api.pulumi.com/acme" });
    await assert.rejects(readLocks(await cloud.stack()), /which does not say whose it is/);
  });

  it("are removed, and the operation carried out, once CI says that the run which took them has ended", async () => {
    const stack = await standIn({ locks: [LOCK], tags: TAGS }).stack();
    const asked: unknown[] = [];
    const port = owners(async (run) => {
      asked.push(run);
      return true;
    });
    const operate = await ownedOperations(port, stack);
    const report = await operate(() => runOperation(stack, "refresh", verbDeps()));
    assert.equal(report.result, "succeeded");
    assert.deepEqual(asked, [OWNER.ciRun]);
    assert.deepEqual(
      cli.calls.filter((call) => /^(?:refresh|cancel)/.test(call)).map((call) => call.split(" ")[0]),
      ["refresh", "cancel", "refresh"],
    );
    // Whoever finds a lock of this run can ask about it.
    assert.notEqual(cli.world.tags["trunkline:run"], TAGS["trunkline:run"]);
  });

  for (const [what, ended] of [
    ["is going on", false],
    ["cannot be asked about", undefined],
  ] as const) {
    it(`stay, with their owner's name, where the run that took them ${what}`, async () => {
      const stack = await standIn({ locks: [LOCK], tags: TAGS }).stack();
      const operate = await ownedOperations(
        owners(async () => ended),
        stack,
      );
      await assert.rejects(
        operate(() => runOperation(stack, "refresh", verbDeps())),
        /held by fv-az1:2211 of runner since 2026-11-21T10:00:05Z/,
      );
      assert.equal(cli.world.locks.length, 1);
      assert.equal(cli.world.tags["trunkline:run"], TAGS["trunkline:run"], "the record of the owner is put back");
    });
  }

  it("are removed on the command line only where their owner's id is repeated", async () => {
    standIn({ locks: [LOCK] });
    const project = new CliProject({
      "Pulumi.yaml": "name: app\nruntime: nodejs\nbackend:\n  url: s3://acme-dev-s3-tf-backend/platform\n",
      "Pulumi.dev.yaml": "config: {}\n",
    });
    try {
      project.env = { PATH: cli.searchPath };
      const cancel = (...args: string[]) => project.run(["cancel", "--env", "dev", ...args]);
      const refused = await cancel();
      assert.equal(refused.code, 3, refused.stdout + refused.stderr);
      assert.match(refused.stdout, /fv-az1:2211/);
      const wrong = await cancel("--force", "fv-az1:1");
      assert.equal(wrong.code, 2, wrong.stdout + wrong.stderr);
      assert.equal(cli.world.locks.length, 1);
      const forced = await cancel("--force", "fv-az1:2211");
      assert.equal(forced.code, 0, forced.stdout + forced.stderr);
      assert.equal(cli.world.locks.length, 0);
    } finally {
      project.remove();
    }
  });
});
