import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { CliProject } from "../support/cli-project";
import { twoStacks } from "./two-stacks";

const RESUME = ["up", "--resume", "--target", "rehearsal", "--env", "dev"];

interface Point {
  readonly point: string;
  /** What the resumed run says of the two stacks. */
  readonly network: string;
  readonly app: string;
  /** The interrupted creation is found, or forgotten, as the stack is refreshed. */
  readonly refreshed?: "network" | "app";
}

const POINTS: readonly Point[] = [
  { point: "before app planned", network: "applied", app: "applied" },
  { point: "after network planned", network: "applied", app: "applied" },
  { point: "before network applying", network: "applied", app: "applied" },
  { point: "after network applying", network: "applied", app: "applied", refreshed: "network" },
  { point: "before commit 1", network: "applied", app: "applied", refreshed: "network" },
  { point: "after commit 1", network: "no changes", app: "applied", refreshed: "network" },
  { point: "before network applied", network: "no changes", app: "applied", refreshed: "network" },
  { point: "after network applied", network: "applied before", app: "applied" },
  { point: "before commit 2", network: "applied before", app: "applied", refreshed: "app" },
  { point: "after commit 2", network: "applied before", app: "no changes", refreshed: "app" },
  { point: "before app applied", network: "applied before", app: "no changes", refreshed: "app" },
];

describe("a run of two stacks that is killed", function () {
  this.timeout(600_000);
  let project: CliProject;
  let undisturbed: unknown;

  before(async () => {
    project = twoStacks();
    assert.equal(await killAt("all", "never"), 0);
    undisturbed = outcome();
  });
  beforeEach(() => rmSync(project.path(".trunkline/rehearsal"), { recursive: true }));
  after(() => project.remove());

  for (const { point, network, app, refreshed } of POINTS) {
    it(`is resumed after a kill ${point}`, async () => {
      assert.equal(await killAt("all", point), "SIGKILL");
      const run = await project.run(RESUME);
      assert.equal(run.code, 0, run.stdout + run.stderr);
      assert.match(run.stdout, new RegExp(`\n  network  ${network}\n`));
      assert.match(run.stdout, new RegExp(`\n  app      ${app}\n`));
      assert.equal(/^Refresh /m.test(run.stdout), refreshed !== undefined, run.stdout);
      assert.deepEqual(outcome(), undisturbed);
    });
  }

  it("is resumed after a kill of the process that had resumed it", async () => {
    assert.equal(await killAt("all", "before commit 1"), "SIGKILL");
    assert.equal(await killAt("resume", "after commit 1"), "SIGKILL");
    assert.equal(await killAt("resume", "before app applying"), "SIGKILL");
    const run = await project.run(RESUME);
    assert.equal(run.code, 0, run.stdout + run.stderr);
    assert.match(run.stdout, /\n {2}network {2}applied before\n {2}app {6}applied\n/);
    assert.deepEqual(outcome(), undisturbed);
  });

  it("has nothing to resume when it was killed as all was recorded", async () => {
    assert.equal(await killAt("all", "after app applied"), "SIGKILL");
    const run = await project.run(RESUME);
    assert.deepEqual([run.code, /is complete/.test(run.stderr)], [2, true], run.stderr);
  });

  it("is not resumed on another commit", async () => {
    assert.equal(await killAt("all", "after network applied"), "SIGKILL");
    const journal = project.path(".trunkline/rehearsal/journal/dev");
    const [file = ""] = readdirSync(journal);
    const path = join(".trunkline/rehearsal/journal/dev", file);
    project.write(path, project.read(path).replace('"environment"', '"commit":"0123abc","environment"'));
    const run = await project.run(RESUME);
    assert.deepEqual([run.code, /the run is of 0123abc, checked out is no commit/.test(run.stderr)], [2, true]);
  });

  it("is not resumed while its owner may be at work", async () => {
    assert.equal(await killAt("all", "after network applied"), "SIGKILL");
    const journal = project.path(".trunkline/rehearsal/journal/dev");
    const [file = ""] = readdirSync(journal);
    const path = join(".trunkline/rehearsal/journal/dev", file);
    project.write(
      path,
      project
        .read(path)
        .replace(/"host":"[^"]*"/, '"host":"elsewhere"')
        .replace(/"boot":"[^"]*"/, '"boot":"other"'),
    );
    const run = await project.run(RESUME);
    assert.equal(run.code, 3, run.stdout + run.stderr);
    assert.match(run.stderr, /the last run belongs to elsewhere:\d+ .* not proven to have ended/);
  });

  /** Ends with the signal or the exit code. */
  function killAt(way: "all" | "resume", point: string): Promise<NodeJS.Signals | number | null> {
    const args = ["--import", "tsx", join(__dirname, "kill-at.ts"), project.root, way, ...point.split(" ")];
    const child = spawn(process.execPath, args, {
      cwd: join(__dirname, "../.."),
      stdio: ["ignore", "inherit", "inherit"],
    });
    return new Promise((done, fail) => {
      child.once("error", fail);
      child.once("close", (code, signal) => done(signal ?? code));
    });
  }

  /** What there is in both states and in the simulated cloud, and that nothing holds a lock. */
  function outcome(): unknown {
    const { resources } = JSON.parse(project.read(".trunkline/rehearsal/cloud.json")) as { resources: any[] };
    const locks = ["network", "app"].map((name) => {
      const folder = project.path(`.trunkline/rehearsal/state/.pulumi/locks/organization/${name}/dev`);
      return existsSync(folder) ? readdirSync(folder) : [];
    });
    return {
      cloud: resources.map(({ type, id }) => `${type} ${id}`).sort(),
      states: ["network", "app"].map((name) =>
        project
          .resources(name, "dev")
          .map(({ urn }) => urn)
          .sort(),
      ),
      locks,
    };
  }
});
