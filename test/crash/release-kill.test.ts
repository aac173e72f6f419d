import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { releaseDeploy } from "../../automation/commands/release-deploy";
import { releaseAbort, releaseRollback } from "../../automation/commands/release-end";
import { releasePromote } from "../../automation/commands/release-promote";
import { releaseStatus, type ReleaseStatusResult } from "../../automation/commands/release-status";
import { releaseTest } from "../../automation/commands/release-test";
import { AutomationError } from "../../automation/errors";
import { liveSlots } from "../../automation/release/traffic";
import type { CliProject } from "../support/cli-project";
import { ENDPOINT, endpointProject } from "../support/endpoint-project";
import { inlineEngine } from "../support/inline-program";
import { verbDeps } from "../support/verb-deps";
import { courseOf, killedRun, prepareKills } from "./killed-run";

/** At how many moments releases are killed: `TRUNKLINE_RELEASE_KILLS=0 npm run test:crash` for each one that there is. */
const KILLS = Number(process.env.TRUNKLINE_RELEASE_KILLS ?? 4);
const REHEARSED = ["--env", "dev", "--target", "rehearsal"];
const REHEARSAL = ".trunkline/rehearsal";
/** Where a release's steps are on disk: its journal and lock, and what the cloud has. */
const STEPS = [`${REHEARSAL}/journal/dev/releases/`, `${REHEARSAL}/cloud.json`];

/** The verbs that are killed, each with the verbs that come before it. */
const KILLED: Readonly<Record<string, readonly string[]>> = {
  deploy: ["deploy", "--model", "taxi-fares:2"],
  test: ["test"],
  promote: ["promote", "--steps", "30,100", "--hold", "0"],
  rollback: ["rollback"],
  "rollback --retire": ["rollback", "--retire"],
};
const ABORT = ["abort"];

describe("a release whose process is killed at any of its steps", function () {
  this.timeout(0);
  let project: CliProject;
  const verb = (args: readonly string[]) => ["release", ...args, ...REHEARSED];
  const figures: string[] = [];

  before(async () => {
    project = endpointProject();
    prepareKills(project);
    await run(["up", ...REHEARSED]);
    for (const args of [["deploy", "--model", "taxi-fares:1"], ["test"], ["promote"]]) await run(verb(args));
    keep("live");
    for (const [name, args] of Object.entries(KILLED)) {
      keep(`before ${name}`);
      if (!name.endsWith("--retire")) await run(verb(args));
      if (name === "test") keep("before abort");
    }
  });
  after(() => {
    project.remove();
    console.log(figures.map((line) => `      ${line}`).join("\n"));
  });

  for (const [name, args] of Object.entries({ ...KILLED, abort: ABORT })) {
    it(`continues or goes back to a map of healthy slots: ${name}`, async () => {
      restore(`before ${name}`);
      const { events } = await courseOf(project, verb(args), STEPS);
      const count = KILLS === 0 ? events : Math.min(events, Math.max(1, Math.round(KILLS / 6)));
      const failures: string[] = [];
      let killed = 0;
      for (let i = 0; i < count; i++) {
        restore(`before ${name}`);
        const number = KILLS === 0 ? i + 1 : 1 + Math.floor(((i + Math.random()) / count) * events);
        const { at } = await killedRun(project, verb(args), { kind: "event", number }, STEPS);
        if (at !== undefined) killed++;
        try {
          assertServes(await status());
          await (i % 2 === 0 ? goOn() : goBack());
          assertServes(await status());
        } catch (fault) {
          failures.push(`${name} killed ${at ?? "not at all"} (${number} of ${events}): ${(fault as Error).stack}`);
        }
      }
      figures.push(`${name}: killed at ${killed} of its ${events} moments, ${failures.length} did not recover`);
      assert.deepEqual(failures, []);
      assert.ok(killed > 0, "no run was killed while it worked");
    });
  }

  async function run(args: readonly string[]): Promise<void> {
    const { code, stdout, stderr } = await project.run(args);
    assert.equal(code, 0, `${args.join(" ")}\n${stdout}${stderr}`);
  }

  function keep(name: string): void {
    cpSync(project.path(REHEARSAL), project.path(name), { recursive: true });
  }

  function restore(name: string): void {
    rmSync(project.path(REHEARSAL), { recursive: true, force: true });
    cpSync(project.path(name), project.path(REHEARSAL), { recursive: true });
  }

  // What comes after a kill is asked of the verbs in this process, which saves a start of the command line for each.
  const deps = { ...verbDeps(), env: {}, openEngine: inlineEngine };
  const base = () => ({ cwd: project.root, env: "dev", target: "rehearsal" }) as const;
  const status = () => releaseStatus(deps, base());

  /** Does what the status says comes next, until a model is promoted or nothing is left to do. */
  async function goOn(): Promise<void> {
    for (let verbs = 0; verbs < 6; verbs++) {
      const { next } = await status();
      if (next.step === "none") return;
      if (next.step === "deploy") await releaseDeploy(deps, { ...base(), model: "taxi-fares:2", timeout: "5m" });
      else if (next.step === "test") assert.equal((await releaseTest(deps, base())).kind, "passed");
      else if (next.step === "rollback") await releaseRollback(deps, base());
      else {
        const options = { ...base(), every: "1s", maxErrors: 1, load: 0 };
        assert.equal((await releasePromote(deps, options)).kind, "promoted");
      }
    }
    assert.fail("the release has no end");
  }

  /** Takes the release back: by abort, or where it was promoted by rollback. Where it had not begun there is none. */
  async function goBack(): Promise<void> {
    const { release } = await status();
    if (release?.model !== "taxi-fares:2") return;
    if (release.outcome === "promoted") await releaseRollback(deps, base());
    else await releaseAbort(deps, base()).catch(refusedOnly);
    const { live } = await status();
    assert.deepEqual(live?.traffic.green ?? 0, 100);
    assert.equal(live?.slots.green?.model, "taxi-fares:1");
  }
});

/** A release that was rolled back has nothing that could be aborted beside its slot, which is gone already. */
function refusedOnly(fault: unknown): void {
  if (!(fault instanceof AutomationError) || fault.code !== "refused") throw fault;
}

function assertServes({ endpoint, live }: ReleaseStatusResult): void {
  assert.equal(endpoint, ENDPOINT);
  const served = liveSlots(live?.traffic ?? {});
  const sum = served.reduce((all, slot) => all + (live?.traffic[slot] ?? 0), 0);
  assert.equal(sum, 100, JSON.stringify(live));
  for (const slot of served) assert.equal(live?.slots[slot]?.state, "healthy", JSON.stringify(live));
}
