import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { settingsSchema } from "../../automation/settings/settings-schema";
import { expandStages } from "../support/azure-template";
import { BundleProject } from "../support/bundle-project";

const page = readFileSync(resolve(__dirname, "../../docs/other-ci.md"), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, text = ""]) => text);
const yaml = blocks("yaml").map((text) => parse(text) as Record<string, any>);

const FILES = {
  "package.json": '{ "name": "sample", "version": "1.0.0" }',
  "Pulumi.yaml":
    'name: sample\nmain: index.ts\nruntime:\n  name: nodejs\n  options: { typescript: false, nodeargs: "--import tsx" }\n',
  "Pulumi.dev.yaml": "config: {}\n",
  "Pulumi.prd.yaml": "config: {}\n",
  "index.ts": 'import { RandomPet } from "@pulumi/random/randomPet";\nexport const name = new RandomPet("pet").id;\n',
};

describe("docs/other-ci.md", function () {
  this.timeout(300_000);
  let project: BundleProject;
  before(() => (project = new BundleProject(FILES)));
  after(() => project.remove());

  for (const [verb, options] of [...page.matchAll(/`trunkline ([\w-]+)([^`]*)`/g)].map(
    ([, name = "", rest = ""]) => [name, rest.match(/--[\w-]+/g) ?? []] as const,
  )) {
    // prettier-ignore
    it(`names a verb and options that there are: ${verb} ${options.join(" ")}`, async () => {
      const help = await project.files.run([verb, "--help"]);
      assert.equal(help.code, 0, help.stderr);
      for (const option of options) assert.ok(help.stdout.includes(option), option);
    });
  }

  for (const command of blocks("sh").flatMap((block) => block.trim().split("\n"))) {
    it(`has a command that works: ${command}`, async () => {
      const [, args = ""] = /^npx trunkline (.*)$/.exec(command) ?? assert.fail(command);
      const run = await project.files.run(args.split(" "));
      assert.equal(run.code, 0, run.stdout + run.stderr);
    });
  }

  it("uses the template of Azure Pipelines with the parameters that it has", () => {
    const [azure] = yaml.filter((one) => "resources" in one);
    const stages = (azure?.["stages"] as { template: string; parameters: Record<string, string> }[]).flatMap(
      ({ template, parameters }) => expandStages(template.replace(/@trunkline$/, ""), parameters),
    );
    assert.deepEqual(
      stages.map(({ stage, dependsOn }) => [stage, dependsOn]),
      [
        ["plan_dev", []],
        ["apply_dev", "plan_dev"],
        ["plan_prd", ["apply_dev"]],
        ["apply_prd", "plan_prd"],
      ],
    );
  });

  it("shows gates that trunkline.yaml takes", () => {
    const gates = yaml.filter((one) => "gate" in one);
    assert.deepEqual(
      gates.map((one) => Object.values(settingsSchema.parse(one).gate).map((rules) => rules?.map(({ from }) => from))),
      [[["stage"], ["stage"]], [["signature"]]],
    );
  });

  it("has jobs for GitLab that refuse an update without a signature, and apply it with one", async () => {
    const [gitlab = {}] = yaml.filter((one) => "plan-prd" in one);
    const [signed] = blocks("yaml").filter((text) => text.includes("from: signature"));
    const bob = project.key("bob");
    project.repository.commit(
      { "trunkline.yaml": signed ?? "", allowed_signers: `bob@example.com ${bob.line}\n` },
      "say who approves",
    );
    const job = async (name: string, approval: string) => {
      let code: number | null = 0;
      let text = "";
      for (const line of gitlab[name]["script"] as string[]) {
        const [, args] = /^npx --no-install trunkline (.*)$/.exec(line.replace("$TARGET", "rehearsal")) ?? [];
        if (args === undefined) {
          const env = { PATH: process.env.PATH, APPROVAL: approval };
          code = spawnSync("bash", ["-c", line], { cwd: project.files.root, env }).status;
        } else {
          const run = await project.files.run(args.split(" "));
          [code, text] = [run.code, run.stdout + run.stderr];
        }
        if (code !== 0) break;
      }
      return { code, text };
    };
    const planned = await job("plan-prd", "");
    assert.equal(planned.code, 0, planned.text);
    const refused = await job("apply-prd", "");
    assert.equal(refused.code, 3, refused.text);
    const [, digest = ""] = /sha256:([0-9a-f]{12})/.exec(planned.text) ?? assert.fail(planned.text);
    const options = ["--bundle", "prd.bundle", "--digest", digest, "--as", "bob@example.com"];
    const approved = await project.files.run(["approve", ...options, "--key", bob.file, "--out", "keys/bob.json"]);
    assert.equal(approved.code, 0, approved.stderr);
    const applied = await job("apply-prd", project.files.read("keys/bob.json"));
    assert.equal(applied.code, 0, applied.text);
    assert.equal(project.files.resources("sample", "prd").filter(({ urn }) => urn.endsWith("::pet")).length, 1);
  });
});
