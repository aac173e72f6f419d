import assert from "node:assert/strict";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { backendLocation } from "../../../../rehearsal/engine/settings/backend-url";
import type { StoredValue } from "../../../../rehearsal/engine/settings/config-object";
import { checkProjectConfig, withProjectConfig } from "../../../../rehearsal/engine/settings/project-config";
import { findProject, parseProject } from "../../../../rehearsal/engine/settings/project-file";
import { pulumiHome, selectedStack, selectStack } from "../../../../rehearsal/engine/settings/selected-stack";
import { projectDirectory, type ProjectDirectory } from "../project-directory";

describe("Pulumi.yaml", () => {
  it("is read with its runtime, entry point and backend", () => {
    const text =
      "name: demo\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n    nodeargs: --import tsx  --no-warnings\nmain: src\nbackend:\n  url: file://~/x\nstackConfigDir: stacks\n";
    const { config, ...project } = parseProject(text, "/p/Pulumi.yaml");
    assert.deepEqual(config, {});
    assert.deepEqual(project, {
      file: "/p/Pulumi.yaml",
      root: "/p",
      name: "demo",
      runtime: "nodejs",
      nodeArgs: ["--import", "tsx", "--no-warnings"],
      main: "src",
      backendUrl: "file://~/x",
      stackConfigDirectory: "/p/stacks",
    });
  });

  for (const [text, message] of [
    ["runtime: nodejs", /'name' must be a text, got undefined/],
    ["name: a/b\nruntime: nodejs", /invalid character '\/' at position 1/],
    ["name: demo", /'runtime' must be a text or an object/],
    ["- demo", /must be an object/],
    ["name: [", /could not read \/p\/Pulumi.yaml/],
  ] as const) {
    it(`fails for ${JSON.stringify(text)}`, () =>
      assert.throws(() => parseProject(text, "/p/Pulumi.yaml"), { name: "EngineError", message }));
  }

  const declared = parseProject(
    "name: demo\nruntime: nodejs\nconfig:\n  short: 5\n  typed: { type: integer, default: 3 }\n  list: { type: array, items: { type: string } }\n  other:key: { value: v }\n  hidden: { type: string, secret: true, default: d }\n",
    "/p/Pulumi.yaml",
  );

  it("fills in the project's defaults, and names all keys that are missing", () => {
    assert.throws(
      () => withProjectConfig(declared, "dev", new Map()),
      /Stack 'dev' is missing configuration value 'list'/,
    );
    const values = withProjectConfig(
      declared,
      "dev",
      new Map<string, StoredValue>([
        ["demo:list", ["x"]],
        ["demo:short", "6"],
      ]),
    );
    assert.deepEqual(Object.fromEntries(values), {
      "demo:list": ["x"],
      "demo:short": "6",
      "demo:typed": "3",
      "other:key": "v",
      "demo:hidden": "d",
    });
  });

  it("refuses values of another type, and those in clear that have to be secret", () => {
    const check = (key: string, value: string, object = false, secret = false) =>
      checkProjectConfig(declared, "dev", new Map([[key, { value, secret, object }]]));
    check("demo:typed", "12");
    assert.throws(() => check("demo:typed", "1.5"), /'typed' must be of type 'integer'/);
    assert.throws(() => check("demo:list", "[1]", true), /'list' must be of type 'array<string>'/);
    assert.throws(() => check("demo:hidden", "x"), /'hidden' must be encrypted as it's secret/);
    check("demo:hidden", "x", false, true);
  });

  const types: [string, unknown[], unknown[]][] = [
    ["string", ["x"], [[1]]],
    ["integer", ["7"], ["7.5", ""]],
    ["number", ["7.5"], ["x", ""]],
    ["boolean", ["true", "false"], ["yes"]],
    ["object", [{ x: 1 }], ["x", [1]]],
    ["array", [[1, "x", {}]], ["x", {}]],
    ["any", ["x", [1]], []],
  ];
  for (const [type, right, wrong] of types) {
    it(`takes ${JSON.stringify(right)} for the type ${type}, and refuses ${JSON.stringify(wrong)}`, () => {
      const project = parseProject(`name: demo\nruntime: nodejs\nconfig:\n  k:\n    type: ${type}\n`, "/p/Pulumi.yaml");
      const check = (value: unknown): void => {
        const object = typeof value !== "string";
        const text = object ? JSON.stringify(value) : value;
        checkProjectConfig(project, "dev", new Map([["demo:k", { value: text, secret: false, object }]]));
      };
      for (const value of right) check(value);
      for (const value of wrong) assert.throws(() => check(value), /'k' must be of type '/, JSON.stringify(value));
    });
  }

  it("names all keys that are missing, and fills in defaults that are no objects", () => {
    const of = (config: string) => parseProject(`name: demo\nruntime: nodejs\nconfig:\n${config}`, "/p/Pulumi.yaml");
    const missing = (config: string) => () => withProjectConfig(of(config), "dev", new Map());
    const one = "    type: string\n";
    assert.throws(missing(`  a:\n${one}`), /missing configuration value 'a';/);
    assert.throws(missing(`  a:\n${one}  b:\n${one}`), /missing configuration values 'a' and 'b';/);
    assert.throws(missing(`  a:\n${one}  b:\n${one}  c:\n${one}`), /missing configuration values 'a', 'b', 'c';/);
    const values = withProjectConfig(of("  a: true\n  b: 1\n  c: [x]\n  d:\n    default: {k: v}\n"), "dev", new Map());
    assert.deepEqual(Object.fromEntries(values), {
      "demo:a": "true",
      "demo:b": "1",
      "demo:c": ["x"],
      "demo:d": { k: "v" },
    });
  });
});

describe("URL of the backend", () => {
  const cases: [Record<string, string>, string | undefined, string][] = [
    [{ PULUMI_BACKEND_URL: "file:///abs" }, "file://other", "/abs"],
    [{}, "file://./state", "/cwd/state"],
    [{}, "file://relative?no_tmp_dir=true", "/cwd/relative"],
    [{ HOME: "/home/u" }, "file://~", "/home/u"],
    [{}, "file://~/x", join(homedir(), "x")],
  ];
  for (const [env, url, directory] of cases) {
    it(`leads from ${JSON.stringify([env, url])} to ${directory}`, () => {
      const withoutHome = "HOME" in env ? env : { ...env, HOME: homedir() };
      assert.equal(backendLocation(withoutHome, url, "/cwd").directory, directory);
    });
  }

  it("is refused unless it is file://, without showing a password", () => {
    assert.throws(
      () => backendLocation({}, "postgres://u:pw@host/db", "/"),
      /backend 'postgres:\/\/\*\*\*\*@host\/db' is not supported/,
    );
    assert.throws(() => backendLocation({}, undefined, "/"), /no backend is set/);
  });
});

describe("selected stack", () => {
  let directory: ProjectDirectory;
  beforeEach(async () => {
    directory = await projectDirectory();
  });
  afterEach(() => directory.remove());

  it("is found from a directory below the project, until none is selected", async () => {
    const below = join(directory.root, "a", "b");
    await mkdir(below, { recursive: true });
    const project = await findProject(below);
    assert.ok(project);
    await selectStack(directory.env, project, "organization/demo/dev");
    assert.equal(await selectedStack(directory.env, project), "organization/demo/dev");
    assert.equal(await selectedStack({ ...directory.env, PULUMI_STACK: "other" }, project), "other");
    await selectStack(directory.env, project, undefined);
    assert.equal(await selectedStack(directory.env, project), undefined);
  });

  it("has to be made again where its file is damaged, and fails where that is a directory", async () => {
    const project = await findProject(directory.root);
    assert.ok(project);
    await selectStack(directory.env, project, "organization/demo/dev");
    const folder = join(pulumiHome(directory.env), "workspaces");
    const [name] = await readdir(folder);
    await writeFile(join(folder, name!), "{");
    assert.equal(await selectedStack(directory.env, project), undefined);
    await selectStack(directory.env, project, "organization/demo/dev");
    assert.equal(await selectedStack(directory.env, project), "organization/demo/dev");
    await rm(join(folder, name!));
    await mkdir(join(folder, name!));
    await assert.rejects(selectedStack(directory.env, project), /^EngineError: cannot read .*: it is a directory/);
  });

  it("lies below the home directory unless PULUMI_HOME says where", () => {
    assert.equal(pulumiHome({ PULUMI_HOME: "/x" }), "/x");
    assert.equal(pulumiHome({ HOME: "/home/u" }), "/home/u/.pulumi");
    assert.equal(pulumiHome({}), join(homedir(), ".pulumi"));
  });
});
