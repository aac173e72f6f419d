import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { outputs } from "../../../automation/commands/outputs";
import { up } from "../../../automation/commands/up";
import { presentOutputs } from "../../../automation/report/present-outputs";
import { CliProject } from "../../support/cli-project";
import { verbDeps } from "../../support/verb-deps";

const FILES = {
  "Pulumi.yaml": "name: app\nmain: index.js\nruntime: nodejs\n",
  "Pulumi.dev.yaml": "config: {}\n",
  "index.js": `const pulumi = require("@pulumi/pulumi");
exports.host = "h";
exports.login = { user: "u", password: pulumi.secret("t0p-s3cret") };
`,
};

describe("outputs for other programs", function () {
  this.timeout(120_000);
  let project: CliProject;
  const masked: string[] = [];
  const notes: string[] = [];

  const run = (options: Partial<Parameters<typeof outputs>[1]> = {}) => {
    const host = { ...verbDeps().host, mask: (secret: string) => void masked.push(secret) };
    const deps = { ...verbDeps(), host, note: (text: string) => void notes.push(text) };
    return outputs(deps, { cwd: project.root, env: "dev", target: "rehearsal", ...options });
  };

  before(async () => {
    project = new CliProject(FILES);
    const result = await up(verbDeps(), { cwd: project.root, env: "dev", target: "rehearsal" });
    assert.equal(result.kind, "done");
  });
  after(() => project.remove());
  beforeEach(() => void masked.splice(0));

  it("are shown to people with secrets masked inside of them", async () => {
    const result = await run();
    assert.deepEqual(presentOutputs.json(result), {
      kind: "outputs",
      environment: "dev",
      outputs: { host: "h", login: { user: "u", password: "[secret]" } },
    });
  });

  it("are printed without secrets, which are named beside", async () => {
    const result = await run({ format: "env" });
    assert.deepEqual(result, {
      kind: "formatted",
      environment: "dev",
      text: "HOST='h'\nLOGIN_USER='u'\n",
      leftOut: ["login.password"],
    });
    assert.deepEqual(notes, ["left out are secrets: login.password"]);
  });

  it("are written with secrets to a file of their owner, after CI was told to mask them", async () => {
    const result = await run({ format: "env", output: "dev.env", secrets: true });
    assert.equal(result.kind, "written");
    assert.equal(readFileSync(project.path("dev.env"), "utf8").includes("LOGIN_PASSWORD='t0p-s3cret'"), true);
    assert.equal(statSync(project.path("dev.env")).mode & 0o777, 0o600);
    assert.deepEqual(masked, ["t0p-s3cret"]);
  });

  it("fail where the file cannot be written, and leave nothing behind", async () => {
    const before = readdirSync(project.root);
    await assert.rejects(run({ format: "json", output: join("missing", "dev.json") }), {
      code: "fault",
      message: /dev\.json cannot be written: ENOENT/,
    });
    assert.deepEqual(readdirSync(project.root), before);
  });

  it("fail for secrets that would be printed, and for a file without a form", async () => {
    await assert.rejects(run({ format: "json", secrets: true }), { code: "usage", message: /never printed/ });
    await assert.rejects(run({ output: "a" }), { code: "usage", message: /--output and --secrets/ });
    assert.deepEqual(masked, []);
  });
});
