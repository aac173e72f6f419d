import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { BundleProject } from "../support/bundle-project";
import { WORKSPACE_FILES } from "../support/workspace-files";

const FILES = {
  ...WORKSPACE_FILES,
  ".gitignore": "node_modules\n.trunkline\nplans\nkeys\n*.approval\n",
  "trunkline.yaml": "gate:\n  dev:\n    - { from: signature, allowedSigners: .github/allowed_signers }\n",
};

describe("the bundles of several stacks", function () {
  this.timeout(600_000);
  let project: BundleProject;
  let key: { readonly file: string; readonly line: string };
  before(() => {
    project = new BundleProject(FILES, "feature/one");
    key = project.key("alice");
    project.repository.commit({ ".github/allowed_signers": `alice@example.com ${key.line}\n` }, "list who approves");
  });
  after(() => project.remove());

  async function run(code: number, ...args: readonly string[]): Promise<string> {
    const ended = await project.files.run(args);
    assert.equal(ended.code, code, `${args.join(" ")}\n${ended.stdout}${ended.stderr}`);
    return ended.stdout + ended.stderr;
  }
  const rehearse = (code: number, verb: string, ...args: readonly string[]) =>
    run(code, verb, "--target", "rehearsal", ...args);
  const bundle = (name: string) => project.path(`plans/${name}.dev.bundle.json`);
  const approve = (name: string) =>
    run(
      0,
      ...["approve", "--bundle", bundle(name), "--digest", digestOf(name).slice(7, 27)],
      ...["--key", key.file, "--as", "alice@example.com", "--out", project.path(`${name}.approval`)],
    );
  const digestOf = (name: string) =>
    (JSON.parse(project.files.read(`plans/${name}.dev.bundle.json`)) as { digest: string }).digest;
  const pets = (name: string) => project.files.resources(name, "dev").filter(({ type }) => type.includes("Pet")).length;

  it("show a dependent of a changing stack as waiting, and never plan it", async () => {
    const told = await rehearse(0, "preview", "--all");
    assert.match(told, /network\/dev: changes, \d to create/);
    assert.match(told, /web\/dev: waiting\n {4}for network, whose outputs may change/);
    assert.equal(told.match(/^Preview /gm)?.length, 1, told);
  });

  it("are written for each stack that can be planned, and taken away from one that waits", async () => {
    project.files.write("plans/web.dev.bundle.json", "of an earlier preview");
    await rehearse(0, "preview", "--all", "--bundle", "plans");
    assert.deepEqual([existsSync(bundle("network")), existsSync(bundle("web"))], [true, false]);
    assert.deepEqual([pets("network"), pets("web")], [0, 0]);
  });

  it("are refused each at its own gate, and block what builds on them", async () => {
    const told = await rehearse(3, "up", "--all", "--bundle", "plans");
    assert.match(told, /network\/dev: refused\n {4}approval-missing: /);
    assert.match(told, /web\/dev: blocked\n {4}by network/);
    assert.deepEqual([pets("network"), pets("web")], [0, 0]);
  });

  it("are applied in order: one that waited is made when its turn comes, and its gate is asked", async () => {
    await approve("network");
    const told = await rehearse(3, "up", "--all", "--bundle", "plans", "--approval", "network.approval");
    assert.match(told, /network\/dev: applied/);
    assert.match(told, /web\/dev: refused\n {4}.*approval-foreign/);
    assert.match(told, /approval-missing: dev needs 1 by/);
    assert.deepEqual([pets("network"), pets("web")], [1, 0]);
  });

  it("stay behind the gate when their run is resumed", async () => {
    assert.match(await rehearse(3, "up", "--resume"), /web\/dev: refused\n {4}approval-missing/);
    await approve("web");
    const told = await rehearse(0, "up", "--resume", "--approval", "network.approval", "--approval", "web.approval");
    assert.match(told, /network\/dev: applied\n {4}before the run was resumed/);
    assert.match(told, /web\/dev: applied/);
    assert.deepEqual([pets("network"), pets("web")], [1, 1]);
    await rehearse(2, "up", "--resume");
  });

  it("have nothing to wait for once nothing changes", async () => {
    const told = await rehearse(0, "preview", "--all", "--json");
    const { stacks } = JSON.parse(told) as { stacks: { project: string; result: string }[] };
    assert.deepEqual(
      stacks.map(({ project: name, result }) => `${name} ${result}`),
      ["network unchanged", "web unchanged"],
    );
  });

  it("fail where a run without bundles is resumed with what is about them", async () => {
    project.files.write("web/index.ts", 'throw new Error("out of order");\n');
    await rehearse(1, "up", "--all");
    assert.match(await rehearse(2, "up", "--resume", "--wait", "1"), /--wait is about bundles/);
  });
});
