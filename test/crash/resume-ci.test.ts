import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { CliProject } from "../support/cli-project";
import { GitRepository } from "../support/git-repository";
import { twoStacks } from "./two-stacks";

interface Point {
  readonly point: string;
  /** What the next attempt says of the stacks that it still works on. */
  readonly stacks: Readonly<Record<string, string>>;
  /** What the journal says of a stack that nobody saw the end of: it is refreshed, and its bundle made anew. */
  readonly cutOff?: "network" | "app";
}

const POINTS: readonly Point[] = [
  { point: "after network planned", stacks: { network: "applied", app: "applied" } },
  { point: "before network applying", stacks: { network: "applied", app: "applied" } },
  { point: "after network applying", stacks: { network: "applied", app: "applied" }, cutOff: "network" },
  { point: "before commit 1", stacks: { network: "applied", app: "applied" }, cutOff: "network" },
  // The resource is there, and what the stack hands over is not yet.
  { point: "after commit 1", stacks: { network: "applied", app: "applied" }, cutOff: "network" },
  { point: "before network applied", stacks: { network: "unchanged", app: "applied" }, cutOff: "network" },
  { point: "after network applied", stacks: { app: "applied" } },
  { point: "before app applying", stacks: { app: "applied" } },
  { point: "before commit 2", stacks: { app: "applied" }, cutOff: "app" },
  { point: "after commit 2", stacks: { app: "applied" }, cutOff: "app" },
  { point: "before app applied", stacks: { app: "unchanged" }, cutOff: "app" },
];

describe("a job that applies two stacks and is killed", function () {
  this.timeout(900_000);
  let project: CliProject;
  let commit: string;
  let undisturbed: unknown;

  before(async () => {
    project = twoStacks();
    const repository = new GitRepository(project.root, "feature/one");
    commit = repository.commit({ ".gitignore": "node_modules\n.trunkline\n" });
    assert.equal(await attempt(1, "never"), 0);
    undisturbed = outcome();
  });
  beforeEach(() => rmSync(project.path(".trunkline"), { recursive: true }));
  after(() => project.remove());

  for (const { point, stacks, cutOff } of POINTS) {
    it(`goes on in its next attempt after a kill ${point}`, async () => {
      assert.equal(await attempt(1, point), "SIGKILL");
      assert.equal(await attempt(2, "never"), 0);
      const report = JSON.parse(project.read(".trunkline/ci/report.json")) as {
        stacks: { project: string; result: string; reasons: string[] }[];
      };
      assert.deepEqual(Object.fromEntries(report.stacks.map((one) => [one.project, one.result])), stacks);
      const told = report.stacks.filter(({ reasons }) => reasons.includes("its last run was cut off"));
      // One whose history already names the commit is worked on for no other reason.
      for (const one of told) assert.equal(one.project, cutOff);
      assert.deepEqual(outcome(), undisturbed);
    });
  }

  it("goes on where the journal went with its machine, by what the state tells", async () => {
    assert.equal(await attempt(1, "after commit 1"), "SIGKILL");
    rmSync(project.path(".trunkline/rehearsal/journal"), { recursive: true });
    assert.equal(await attempt(2, "never"), 0);
    assert.deepEqual(outcome(), undisturbed);
  });

  it("is not gone on with while another job may be at work", async () => {
    assert.equal(await attempt(1, "after network applying"), "SIGKILL");
    const folder = ".trunkline/rehearsal/journal/dev";
    const path = join(folder, readdirSync(project.path(folder))[0] ?? "");
    const elsewhere = project
      .read(path)
      .replace(/"host":"[^"]*"/, '"host":"elsewhere"')
      .replace(/"boot":"[^"]*"/, '"boot":"other"')
      .replace('"run":"5"', '"run":"4"');
    project.write(path, elsewhere);
    const before = outcome();
    assert.equal(await attempt(2, "never"), 1);
    const report = JSON.parse(project.read(".trunkline/ci/report.json")) as { fault?: string };
    assert.match(report.fault ?? "", /the last run belongs to github:acme\/platform:4-1 .* not proven to have ended/);
    assert.deepEqual(outcome(), before);
  });

  it("is gone on with on another machine, where a later attempt of the same run is at work", async () => {
    assert.equal(await attempt(1, "after network applied"), "SIGKILL");
    const folder = ".trunkline/rehearsal/journal/dev";
    const path = join(folder, readdirSync(project.path(folder))[0] ?? "");
    project.write(path, project.read(path).replace(/"boot":"[^"]*"/, '"boot":"other"'));
    assert.equal(await attempt(2, "never"), 0);
    assert.deepEqual(outcome(), undisturbed);
  });

  /** Runs `trunkline ci` as an attempt of one run; ends with the signal or the exit code. */
  function attempt(number: number, point: string): Promise<NodeJS.Signals | number | null> {
    const args = ["--import", "tsx", join(__dirname, "kill-at.ts"), project.root, "ci", ...point.split(" ")];
    const env = {
      PATH: process.env.PATH,
      HOME: project.root,
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: "push",
      GITHUB_REF: "refs/heads/feature/one",
      GITHUB_SHA: commit,
      GITHUB_REPOSITORY: "acme/platform",
      GITHUB_RUN_ID: "5",
      GITHUB_RUN_ATTEMPT: String(number),
    };
    const root = join(__dirname, "../..");
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
    return new Promise((done, fail) => {
      child.once("error", fail);
      child.once("close", (code, signal) => done(signal ?? code));
    });
  }

  /** What there is in both states and in the simulated cloud, and that nothing holds a lock. */
  function outcome(): unknown {
    const { resources } = JSON.parse(project.read(".trunkline/rehearsal/cloud.json")) as {
      resources: { type: string; id: string }[];
    };
    const locks = ["network", "app"].map((name) => {
      const folder = project.path(`.trunkline/rehearsal/state/.pulumi/locks/organization/${name}/dev`);
      return existsSync(folder) ? readdirSync(folder) : [];
    });
    const urns = (name: string) =>
      project
        .resources(name, "dev")
        .map(({ urn }) => urn)
        .sort();
    return {
      cloud: resources.map(({ type, id }) => `${type} ${id}`).sort(),
      states: ["network", "app"].map(urns),
      locks,
    };
  }
});
