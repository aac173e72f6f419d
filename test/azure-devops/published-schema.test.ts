import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pythonEnvironment } from "../support/python-environment";

const root = resolve(__dirname, "../..");
const files = ["azure-pipelines.yml", ...readdirSync(join(root, "azure-pipelines")).map((name) => `azure-pipelines/${name}`)]; // prettier-ignore

/** As check-jsonschema's own hooks are run. */
const OPTIONS = {
  azure: [
    ...["--builtin-schema", "vendor.azure-pipelines", "--data-transform", "azure-pipelines"],
    ...["--regex-variant", "nonunicode"],
  ],
  gitlab: ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", "--regex-variant", "nonunicode"],
};

describe("the schema that Microsoft publishes for Azure Pipelines", function () {
  this.timeout(600_000);
  let bin: string;
  let directory: string;
  before(async () => {
    bin = await pythonEnvironment("azure-devops", [join(__dirname, "requirements.txt")]);
    directory = mkdtempSync(join(tmpdir(), "azure-pipelines-"));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  const check = (path: string, options = OPTIONS.azure) => {
    const run = spawnSync(join(bin, "check-jsonschema"), [...options, path], { cwd: root, encoding: "utf8" });
    return { code: run.status, text: `${run.stdout}${run.stderr}${run.error?.message ?? ""}` };
  };

  for (const file of files) {
    it(`holds ${file} right`, () => assert.deepEqual(check(file), { code: 0, text: "ok -- validation done\n" }));
  }

  const FAULTS: readonly (readonly [what: string, file: string, from: string, to: string])[] = [
    ["a key of a step", "trunkline.yml", "displayName: Install", "displayNam: Install"],
    ["the name of a task", "trunkline.yml", "AzureCLI@2", "AzureCLX@2"],
    ["an input of a task", "trunkline.yml", "scriptLocation:", "scriptLocatio:"],
    ["a value of an input", "trunkline.yml", "scriptType: bash", "scriptType: fish"],
    ["a missing input", "trunkline.yml", "azureSubscription:", "#"],
    ["the type of a parameter", "environment.yml", "type: object", "type: objekt"],
    ["a strategy", "environment.yml", "runOnce:", "runTwice:"],
    ["a key of a stage", "environment.yml", "dependsOn: plan_", "dependOn: plan_"],
    ["a key of a deployment", "environment.yml", "environment: ${{ parameters.environment }}\n        time", "environmnt: x\n        time"], // prettier-ignore
  ];
  for (const [what, file, from, to] of FAULTS) {
    it(`fails for ${what}: ${to.trim().split("\n")[0]}`, () => {
      const text = readFileSync(join(root, "azure-pipelines", file), "utf8");
      assert.ok(text.includes(from), from);
      const faulty = join(directory, file);
      writeFileSync(faulty, text.replace(from, to));
      const { code, text: told } = check(faulty);
      assert.equal(code, 1, told);
      assert.match(told, /Schema validation errors were encountered/);
    });
  }

  const page = readFileSync(join(root, "docs/other-ci.md"), "utf8");
  const shown = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
  for (const [of, key, mistaken, options] of [
    ["Azure Pipelines", "\nresources:", "branches:", OPTIONS.azure],
    ["GitLab, by its own schema", "\nplan-prd:", "when:", OPTIONS.gitlab],
  ] as const) {
    it(`holds what docs/other-ci.md shows for ${of} right, and fails for a key that there is not`, () => {
      const text = shown.find((block) => block.includes(key)) ?? assert.fail(`no block with ${key}`);
      const file = join(directory, "shown.yml");
      writeFileSync(file, text);
      assert.deepEqual(check(file, options), { code: 0, text: "ok -- validation done\n" });
      writeFileSync(file, text.replace(mistaken, `x${mistaken}`));
      assert.equal(check(file, options).code, 1);
    });
  }
});
