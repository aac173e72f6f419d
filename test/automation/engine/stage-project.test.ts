import assert from "node:assert/strict";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { rehearsalPaths } from "../../../automation/engine/rehearsal-paths";
import { stageProject } from "../../../automation/engine/stage-project";
import { temporaryOf } from "../../../rehearsal/engine/backend/temporary-file";
import { CliProject } from "../../support/cli-project";

const SETTINGS = `config:
  p:plain: one
  p:token:
    secure: v1:aaaa:bbbb
  p:nested:
    list:
      - secure: v1:cccc:dddd
      - open
    other: 1
encryptionsalt: v1:real
`;
const STAGED = ".trunkline/rehearsal/project/Pulumi.dev.yaml";

describe("a staged project", () => {
  let project: CliProject;

  beforeEach(() => {
    project = new CliProject({ "Pulumi.yaml": "name: p\nruntime: nodejs\n", "Pulumi.dev.yaml": SETTINGS });
  });
  afterEach(() => project.remove());

  const stage = () => stageProject(project.root, "dev", rehearsalPaths(project.root), "phrase");

  it("leaves out secrets and the real salt, and names the stand-ins by their paths", async () => {
    const { standIns } = await stage();
    assert.deepEqual(
      standIns.map(({ path }) => path),
      ["p:token", 'p:nested["list"][0]'],
    );
    assert.equal(new Set(standIns.map(({ value }) => value)).size, 2);
    assert.ok(!project.read(STAGED).includes("v1:"));
    assert.equal(project.read("Pulumi.dev.yaml"), SETTINGS);
  });

  it("makes the same stand-ins each time", async () => assert.deepEqual(await stage(), await stage()));

  it("keeps the rehearsal's own salt and the stand-ins that it has set", async () => {
    await stage();
    const settings = parse(project.read(STAGED)) as { config: Record<string, unknown>; encryptionsalt?: string };
    settings.encryptionsalt = "v1:rehearsal";
    settings.config["p:token"] = { secure: "v1:stand:in" };
    project.write(STAGED, stringify(settings));
    assert.deepEqual(
      (await stage()).missing.map(({ path }) => path),
      ['p:nested["list"][0]'],
    );
    const again = parse(project.read(STAGED)) as typeof settings;
    assert.equal(again.encryptionsalt, "v1:rehearsal");
    assert.deepEqual(again.config["p:token"], { secure: "v1:stand:in" });
  });

  it("takes over a changed value", async () => {
    await stage();
    project.write("Pulumi.dev.yaml", "config:\n  p:plain: two\n");
    await stage();
    assert.deepEqual(parse(project.read(STAGED)), { config: { "p:plain": "two" } });
  });

  it("writes nothing where nothing has changed, and removes what a killed run has left", async () => {
    await stage();
    const files = ["Pulumi.yaml", "Pulumi.dev.yaml"].map((name) => join(rehearsalPaths(project.root).project, name));
    const inodes = () => files.map((file) => statSync(file).ino);
    const before = inodes();
    for (const file of files) writeFileSync(temporaryOf(file), "half");
    await stage();
    assert.deepEqual(inodes(), before);
    assert.deepEqual(readdirSync(dirname(files[0]!)).sort(), ["Pulumi.dev.yaml", "Pulumi.yaml"]);
  });

  it("fails for an environment without settings", () =>
    assert.rejects(stageProject(project.root, "prd", rehearsalPaths(project.root), "phrase"), {
      code: "usage",
      message: /environment prd has no settings/,
    }));
});
