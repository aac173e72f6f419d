import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { parse, stringify } from "yaml";
import { CliProject } from "../support/cli-project";
import { courseOf, killedRun, prepareKills, type KillPoint } from "./killed-run";
import { outcome, requireSound } from "./outcome";

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
  let original: Config | undefined;
  const figures: string[] = [];

  before(async () => {
    project = CliProject.ofRepository();
    prepareKills(project);
    configure(() => undefined);
    const { code, stdout, stderr } = await project.run(UP);
    assert.equal(code, 0, stdout + stderr);
    cpSync(project.path(REHEARSAL), project.path("before"), { recursive: true });
  });
  after(() => {
    project.remove();
    console.log(figures.map((line) => `      ${line}`).join("\n"));
  });

  for (const [name, change] of Object.entries(CHANGES)) {
    it(`is completed by the next one: ${name}`, async () => {
      restore(name);
      configure(change);
      const course = await courseOf(project, UP);
      const undisturbed = outcome(project);
      let { heldMs } = course;
      const killedAt: string[] = [];
      const settled = { pending: 0, found: 0 };
      const failures: string[] = [];
      const points = Math.ceil(POINTS / Object.keys(CHANGES).length);
      // Where the machine was slow as it was measured, later runs may be over before the moment comes.
      for (let i = 0; i < points || (killedAt.length === 0 && i < MOST_RUNS); i++) {
        restore(name);
        const part = ((i % points) + Math.random()) / points;
        const point: KillPoint =
          i % 5 === 2
            ? { kind: "delay", afterLockMs: heldMs * part }
            : { kind: "event", number: 1 + Math.floor(course.events * part) };
        const run = await killedRun(project, UP, point);
        if (run.at !== undefined) killedAt.push(run.at);
        else if (run.heldMs > 0) heldMs = Math.min(heldMs, run.heldMs);
        const { code, stdout, stderr } = await project.run(UP);
        if (/pending operations/.test(stdout)) settled.pending++;
        if (/created by an interrupted operation/.test(stdout)) settled.found++;
        try {
          assert.equal(code, 0);
          requireSound(project);
          assert.deepEqual(outcome(project), undisturbed);
        } catch (fault) {
          const told = `${JSON.stringify(point)} of ${JSON.stringify(course)}: killed ${run.at ?? "not at all"}`;
          failures.push(`${told}\n${(fault as Error).message}\n${stdout}${stderr}`);
        }
      }
      const runs = `${killedAt.length} of ${points} runs killed, ${failures.length} did not converge`;
      figures.push(
        `${name} (${course.events} moments): ${runs}; ${JSON.stringify({ ...settled, ...kindsOf(killedAt) })}`,
      );
      assert.equal(failures.length, 0, failures.slice(0, 5).join("\n\n"));
      assert.ok(killedAt.length > 0, "no run was killed while it worked");
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
    // What Azure and Databricks give holds times and tags that differ in every run, so that nothing could be compared.
    delete config["trunkline:azure"];
    delete config["trunkline:databricks"];
    change(config);
    project.write("Pulumi.dev.yaml", stringify({ config }));
  }
});

/** How often runs were killed in the midst of what: the name of the file is left out. */
function kindsOf(killedAt: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const at of killedAt) {
    const kind = at.replace(/ \S*$/, "");
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
