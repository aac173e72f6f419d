import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { configImportEnv } from "../../../automation/commands/config-import-env";
import { AutomationError } from "../../../automation/errors";

const root = resolve(__dirname, "../../..");
const usage = (text: RegExp) => (error: unknown) =>
  error instanceof AutomationError && error.code === "usage" && text.test(error.message) && error.hint !== undefined;

const ENV = `# production
group=ml-prod
export workspace="ml-prod-ws"
location='northeurope'
compute=cpu-cluster # for training
endpoint=fares-prod

model=nyc-fares
`;

describe("the import of an env file", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "trunkline-import-"));
    for (const file of ["Pulumi.yaml", "Pulumi.prd.yaml"]) await cp(join(root, file), join(directory, file));
    await writeFile(join(directory, ".env.prod"), ENV);
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const run = (more: object = {}) =>
    configImportEnv(undefined, { cwd: directory, file: ".env.prod", env: "prd", ...more });
  const settings = () => readFile(join(directory, "Pulumi.prd.yaml"), "utf8");

  it("puts each setting where it belongs, and leaves comments and all else as they are", async () => {
    const before = await settings();
    const { kind, diff } = await run();
    const after = await settings();
    assert.equal(kind, "imported");
    const { endpoint } = parse(after).config["trunkline:azure"];
    assert.deepEqual(endpoint.workspace, { existing: { resourceGroupName: "ml-prod", name: "ml-prod-ws" } });
    const { location, compute, name, model } = endpoint;
    assert.deepEqual([location, compute, name, model], ["northeurope", "cpu-cluster", "fares-prod", "nyc-fares"]);
    const comments = (text: string) => text.split("\n").filter((line) => line.includes("#"));
    assert.deepEqual(comments(after), comments(before));
    assert.match(diff, /^\+ +model: nyc-fares$/m);
    assert.deepEqual((await readdir(directory)).sort(), [".env.prod", "Pulumi.prd.yaml", "Pulumi.yaml"]);
  });

  it("changes nothing the second time, and nothing when it only shows", async () => {
    const before = await settings();
    const shown = await run({ dryRun: true });
    assert.deepEqual([shown.kind, await settings()], ["shown", before]);
    assert.match(shown.diff, /fares-prod/);
    await run();
    const once = await settings();
    assert.deepEqual([(await run()).kind, await settings()], ["unchanged", once]);
  });

  const wrong: readonly [string, string, RegExp][] = [
    ["has an unknown key", "groop=a\nmodel=b\n", /line 1: groop is not one of group, workspace/],
    ["has a line that is none", "model\n", /line 1 is not key=value/],
    ["has a key twice", "model=a\nmodel=b\n", /line 2: model is there twice/],
    ["has nothing", "# nothing\n", /it has no settings/],
    ["has a name that Azure refuses", "endpoint=1-fares\n", /makes no endpoint .*azure\.endpoint\.name/],
    ["has half a workspace", "workspace=ml\n", /azure\.endpoint\.workspace/],
  ];
  for (const [title, text, message] of wrong) {
    it(`fails where the file ${title}, and writes nothing`, async () => {
      const before = await settings();
      await writeFile(join(directory, ".env.prod"), text);
      await assert.rejects(run(), usage(message));
      assert.equal(await settings(), before);
    });
  }

  it("fails where a file is not there, or the settings are none", async () => {
    await assert.rejects(run({ file: "missing" }), usage(/cannot be read/));
    await writeFile(join(directory, "Pulumi.prd.yaml"), "config: [\n");
    await assert.rejects(run(), usage(/is no settings file/));
    assert.equal(await settings(), "config: [\n");
  });
});
