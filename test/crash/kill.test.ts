import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { parse, stringify } from "yaml";
import { CliProject } from "../support/cli-project";
import { killedRun, lockedMs } from "./killed-run";

/** At how many points runs are killed, over all changes: `TRUNKLINE_KILL_POINTS=500 npm run test:crash` for all of it. */
const POINTS = Number(process.env.TRUNKLINE_KILL_POINTS ?? 12);
/** After how many runs without one that could be killed in time the test gives up. */
const MOST_RUNS = 50;
const UP = ["up", "--target", "rehearsal", "--env", "dev"];
const REHEARSAL = ".trunkline/rehearsal";

type Config = Record<string, any>;

/** What an update does, by how the configuration changes; `protect` is off so that everything may be replaced and deleted. */
const CHANGES: Record<string, (config: Config) => void> = {
  create: () => undefined,
  update: (config) => {
    config["trunkline:tags"]["cost-center"] = "another";
    config["trunkline:aws"].state.noncurrentVersionDays = 30;
  },
  replace: (config) => {
    config["trunkline:organization"] = "acme";
  },
  delete: (config) => {
    delete config["trunkline:github"];
    delete config["trunkline:aws"].identity;
    config["trunkline:aws"].state.terraformLockTable = false;
  },
};

describe("an update that is killed at any moment", function () {
  this.timeout(0);
  let project: CliProject;
  let figures = "";

  before(async () => {
    project = CliProject.ofRepository();
    configure(() => undefined);
    const { code, stdout, stderr } = await project.run(UP);
    assert.equal(code, 0, stdout + stderr);
    cpSync(project.path(REHEARSAL), project.path("before"), { recursive: true });
  });
  after(() => {
    project.remove();
    console.log(figures);
  });

  for (const [name, change] of Object.entries(CHANGES)) {
    it(`is completed by the next one: ${name}`, async () => {
      restore(name);
      configure(change);
      let holding = await lockedMs(project, UP);
      const undisturbed = outcome();
      const counts = { runs: 0, killed: 0, pending: 0, unacknowledged: 0 };
      const points = Math.ceil(POINTS / Object.keys(CHANGES).length);
      // Where the machine was slow as it was measured, later runs may be over before the moment comes.
      for (let point = 0; point < points || (counts.killed === 0 && point < MOST_RUNS); point++) {
        restore(name);
        const afterMs = (holding * ((point % points) + Math.random())) / points;
        counts.runs++;
        const run = await killedRun(project, UP, afterMs);
        if (run.kind === "killed") counts.killed++;
        else if (run.heldMs > 0) holding = Math.min(holding, run.heldMs);
        const again = await project.run(UP);
        const told = `killed ${afterMs.toFixed(0)} of ${holding.toFixed(0)} ms after the lock\n${again.stdout}${again.stderr}`;
        if (/pending operations/.test(told)) counts.pending++;
        if (again.code !== 0) {
          // The cloud has made what nobody was told of any more: as with a real cloud, a person has to look.
          assert.match(told, /interrupted while creating/);
          assert.match(told, /already exists/i);
          counts.unacknowledged++;
          continue;
        }
        assert.deepEqual(outcome(), undisturbed, told);
      }
      figures += `      ${name}: ${counts.runs} runs, ${counts.killed} killed before they ended, ${counts.pending} with pending operations, ${counts.unacknowledged} with a creation that a person has to look at\n`;
      assert.ok(counts.killed > 0, "no run was killed while it worked");
    });
  }

  /** Puts back what was there before the change. */
  function restore(name: string): void {
    rmSync(project.path(REHEARSAL), { recursive: true, force: true });
    if (name !== "create") cpSync(project.path("before"), project.path(REHEARSAL), { recursive: true });
  }

  function configure(change: (config: Config) => void): void {
    const settings = parse(project.read("Pulumi.dev.yaml")) as { config: Config };
    original ??= structuredClone(settings.config);
    const config = structuredClone(original);
    config["trunkline:aws"].state.protect = false;
    change(config);
    project.write("Pulumi.dev.yaml", stringify({ config }));
  }
  let original: Config | undefined;

  /** What there is in the state and in the simulated cloud, without times and the ids of providers. */
  function outcome(): unknown {
    const { resources } = JSON.parse(project.read(`${REHEARSAL}/cloud.json`)) as { resources: any[] };
    const state = project.resources("trunkline", "dev") as any[];
    const locks = project.path(`${REHEARSAL}/state/.pulumi/locks/organization/trunkline/dev`);
    const stacks = project.path(`${REHEARSAL}/state/.pulumi/stacks/trunkline`);
    return {
      cloud: resources.map(({ type, id }) => `${type} ${id}`).sort(),
      state: state.map(({ urn, type, id }) => `${urn} ${type.startsWith("pulumi:providers:") ? "" : id}`).sort(),
      locks: existsSync(locks) ? readdirSync(locks) : [],
      left: readdirSync(stacks).filter((file) => file.includes("journal")),
    };
  }
});
