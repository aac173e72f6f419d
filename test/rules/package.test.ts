import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { packedPackage } from "../support/packed-package";

const root = resolve(__dirname, "../..");

describe("the package", function () {
  this.timeout(1_800_000);
  let consumer: string;

  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: consumer, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  before(() => {
    consumer = packedPackage();
  });

  it("has what it needs and nothing of the checkout", () => {
    const installed = join(consumer, "node_modules/trunkline");
    const names = readdirSync(installed);
    for (const name of ["LICENSE", "README.md", "CHANGELOG.md", "dist", "package.json"])
      assert.ok(names.includes(name), name);
    for (const name of ["automation", "test", "scripts", ".ci", "node_modules"]) assert.ok(!names.includes(name), name);
    assert.throws(() => statSync(join(installed, "dist/inputs.json")), { code: "ENOENT" });
  });

  for (const [entry, name] of [
    ["components", "S3StateBackend"],
    ["automation", "rehearse"],
    ["rehearsal", "embeddedEngine"],
  ]) {
    it(`gives ${name} from trunkline/${entry} to require and to import`, () => {
      const required = run("node", "-p", `typeof require("trunkline/${entry}").${name}`);
      assert.equal(required.trim(), "function");
      const imported = `import { ${name} } from "trunkline/${entry}"; console.log(typeof ${name});`;
      assert.equal(run("node", "--input-type=module", "-e", imported).trim(), "function");
    });
  }

  it("refuses what it does not export", () => {
    assert.throws(
      () => run("node", "-p", 'require("trunkline/dist/cli/trunkline.cjs")'),
      /ERR_PACKAGE_PATH_NOT_EXPORTED/,
    );
  });

  it("has types that a strict consumer compiles against", () => {
    writeFileSync(
      join(consumer, "use.ts"),
      `import { S3StateBackend, type EnvironmentConfig } from "trunkline/components";
import { AutomationError, stackForBranch, type RehearseResult } from "trunkline/automation";
import { SimulatedCloud, embeddedEngine } from "trunkline/rehearsal";

export const decision: "environment" | "none" = stackForBranch("main").kind;
export const code: "fault" | "usage" | "refused" | "drift" = new AutomationError("usage", "a").code;
export function isDone(result: RehearseResult): boolean { return result.kind === "rehearsed"; }
export const engine = async (file: string) => embeddedEngine({ providers: (await SimulatedCloud.open(file)).providers });
export type Both = [S3StateBackend, EnvironmentConfig];
// @ts-expect-error a branch is a text
stackForBranch(1);
`,
    );
    const options = {
      strict: true,
      noEmit: true,
      module: "node20",
      moduleResolution: "node16",
      target: "es2022",
      types: [],
    };
    writeFileSync(
      join(consumer, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...options, skipLibCheck: true }, files: ["use.ts"] }),
    );
    execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", consumer], { stdio: "pipe" });
  });

  it("runs its executable, also where it may not write", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    assert.equal(run("npx", "trunkline", "--version").trim().split("\n").at(-1), version);
    const home = join(consumer, "no-home");
    writeFileSync(home, "a file in the way");
    const bin = join(consumer, "node_modules/trunkline/dist/bin/trunkline.js");
    const env = { HOME: home, PATH: process.env.PATH };
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "rehearse", "--help"], {
      env,
      encoding: "utf8",
    });
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /Example:\n {2}trunkline rehearse/);
  });

  it("rehearses a program of the consumer", () => {
    for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml"]) cpSync(join(root, name), join(consumer, name));
    writeFileSync(
      join(consumer, "index.ts"),
      `import { join } from "node:path";
import { Environment, readArtifacts, readEnvironmentConfig, readMlflowImages } from "trunkline/components";
import { readReleases, readScoringImage, releaseVariable } from "trunkline/components";
const config = readEnvironmentConfig();
const home = join(__dirname, "node_modules/trunkline");
const artifacts = readArtifacts(home, "artifacts/databricks", config);
const mlflowImages = readMlflowImages(join(home, "artifacts/mlflow"));
const scoringImage = readScoringImage(join(home, "artifacts/azure-ml/image"));
async function main() {
  const releases = await readReleases(config, process.env[releaseVariable]);
  return new Environment(config.environment, { ...config, artifacts, mlflowImages, scoringImage, releases }).outputs;
}
export = main();
`,
    );
    const output = run("npx", "trunkline", "rehearse", "--env", "dev");
    assert.match(output, /Preview {2}no changes: \d+ unchanged/);
  });
});
