import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { bootstrap } from "../../automation/commands/bootstrap";
import { parse, stringify } from "yaml";
import { CliProject } from "../support/cli-project";
import { verbDeps } from "../support/verb-deps";

const ENVIRONMENT = ["--target", "rehearsal", "--env", "dev"];
const REHEARSAL = ".trunkline/rehearsal";
const LOCAL = `${REHEARSAL}/state/.pulumi/stacks/trunkline/dev.json`;
const MOVED = `${REHEARSAL}/buckets/mlopspltf-dev-s3-tf-backend/trunkline/.pulumi/stacks/trunkline/dev.json`;

interface Resource {
  readonly urn: string;
  readonly id?: string;
}

describe("a bootstrap of an environment's state", function () {
  this.timeout(600_000);
  let project: CliProject;
  beforeEach(() => (project = CliProject.ofRepository()));
  afterEach(() => project.remove());

  const resources = (file: string): readonly Resource[] => {
    const { checkpoint } = JSON.parse(project.read(file)) as { checkpoint: { latest: { resources: Resource[] } } };
    return checkpoint.latest.resources;
  };

  /** Bootstraps in this process; it fails as it begins the step whose note has that text. */
  function failingAt(text: string): Promise<unknown> {
    const note = (told: string) => {
      if (told.includes(text)) throw new Error(`failed before ${text}`);
    };
    const deps = { ...verbDeps(), note };
    return bootstrap(deps, { cwd: project.root, env: "dev", target: "rehearsal" });
  }

  it("moves the very state of the backend into it, and later updates go on from there", async () => {
    const run = await project.run(["bootstrap", ...ENVIRONMENT]);
    assert.equal(run.code, 0, run.stdout + run.stderr);
    assert.match(run.stdout, /is in s3:\/\/mlopspltf-dev-s3-tf-backend\/trunkline\?region=us-east-1&awssdk=v2\n/);
    assert.ok(!existsSync(project.path(LOCAL)), "the local state is still there");
    const moved = resources(MOVED);
    assert.ok(moved.some(({ id }) => id === "mlopspltf-dev-s3-tf-backend"));
    assert.ok(!moved.some(({ urn }) => urn.includes("GithubOidcRoles")), "more than the state's part was brought up");
    for (const [file, count] of [
      ["backend", 1],
      ["backup", 1],
    ] as const) {
      const [name = "", ...rest] = readdirSync(project.path(`${REHEARSAL}/${file}`));
      assert.equal(rest.length + 1, count);
      assert.equal(statSync(project.path(`${REHEARSAL}/${file}/${name}`)).mode & 0o777, 0o600);
    }
    const up = await project.run(["up", ...ENVIRONMENT]);
    assert.equal(up.code, 0, up.stdout + up.stderr);
    assert.ok(!existsSync(project.path(LOCAL)));
    assert.deepEqual(
      identities(resources(MOVED)).filter((one) => identities(moved).includes(one)),
      identities(moved),
    );
    const again = await project.run(["bootstrap", ...ENVIRONMENT]);
    assert.equal(again.code, 0, again.stdout + again.stderr);
  });

  for (const step of ["bringing", "copying", "opening", "importing", "comparing", "writing", "removing"]) {
    it(`is completed by the next one after a failure before ${step}`, async () => {
      await assert.rejects(failingAt(step), new RegExp(`failed before ${step}`));
      const lost = !existsSync(project.path(LOCAL)) && !existsSync(project.path(MOVED));
      assert.ok(!lost || step === "bringing", "no state is left");
      const run = await project.run(["bootstrap", ...ENVIRONMENT]);
      assert.equal(run.code, 0, run.stdout + run.stderr);
      assert.ok(!existsSync(project.path(LOCAL)), "the local state is still there");
      assert.ok(resources(MOVED).some(({ id }) => id === "mlopspltf-dev-s3-tf-backend"));
      const preview = await project.run(["preview", ...ENVIRONMENT]);
      assert.equal(preview.code, 0, preview.stdout + preview.stderr);
      assert.doesNotMatch(preview.stdout, /to (?:delete|replace|update)/);
    });
  }

  it("is refused where the new backend has another state of that stack", async () => {
    await assert.rejects(failingAt("writing"));
    const other = JSON.parse(project.read(MOVED)) as { checkpoint: { latest: { resources: unknown[] } } };
    other.checkpoint.latest.resources.pop();
    project.write(MOVED, JSON.stringify(other));
    for (const extra of readdirSync(project.path(MOVED.replace("/dev.json", "")))) {
      if (extra !== "dev.json") rmSync(project.path(MOVED.replace("dev.json", extra)), { recursive: true });
    }
    const run = await project.run(["bootstrap", ...ENVIRONMENT]);
    assert.equal(run.code, 3, run.stdout + run.stderr);
    assert.match(run.stderr, /the new backend has another state of dev already/);
    assert.ok(existsSync(project.path(LOCAL)), "the local state was removed");
  });

  it("is refused where the environment keeps no state of its own", async () => {
    const settings = parse(project.read("Pulumi.dev.yaml")) as { config: Record<string, { state?: unknown }> };
    for (const vendor of ["trunkline:aws", "trunkline:azure"]) delete settings.config[vendor]?.state;
    project.write("Pulumi.dev.yaml", stringify(settings));
    const run = await project.run(["bootstrap", ...ENVIRONMENT]);
    assert.deepEqual([run.code, /environment dev keeps no state of its own/.test(run.stderr)], [2, true], run.stderr);
  });

  const identities = (all: readonly Resource[]) => all.map(({ urn, id = "" }) => `${urn} ${id}`).sort();
});
