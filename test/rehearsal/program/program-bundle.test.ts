import assert from "node:assert/strict";
import { readFileSync, renameSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { programBundle, type ProgramBundle } from "../../../rehearsal/program/program-bundle";
import { programProject, type ProgramProject } from "./program-project";

const FILES = {
  "package.json": '{ "name": "under-test", "version": "1.0.0" }',
  "package-lock.json": '{ "lockfileVersion": 3 }',
  "tsconfig.json": '{ "extends": "./tsconfig.base.json", "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
  "tsconfig.base.json": '{ "compilerOptions": { "strict": true } }',
  "config/settings.ts": "export const setting: string = 'one';",
  "src/alias.ts": "export const alias = 'src';",
  "other/alias.ts": "export const alias = 'other';",
  "deep/index.ts": "export const deep = 'folder';",
  "data.json": '{ "a": 1 }',
  "node_modules/dependency/package.json": '{ "name": "dependency", "version": "1.0.0", "main": "main.js" }',
  "node_modules/dependency/main.js": "exports.made = 'main';",
  "node_modules/dependency/second.js": "exports.made = 'second';",
  "lib/uses.ts": "import { made } from 'dependency'; export const used = made;",
  "index.ts": `import { alias } from "@/alias";
import { setting } from "./config/settings";
import data from "./data.json";
import { deep } from "./deep";
import { used } from "./lib/uses";
const here: string = "1";
export const found = [alias, setting, data.a, deep, used, here].join();
`,
};

type Made = Extract<ProgramBundle, { kind: "bundle" }>;

describe("the kept bundle of a program", function () {
  this.timeout(120_000);
  let project: ProgramProject;

  beforeEach(() => {
    project = programProject(FILES);
  });
  afterEach(() => project.remove());

  async function bundle(cacheDir = project.cacheDir): Promise<Made> {
    const made = await programBundle(project.root, project.path("index.ts"), { cacheDir });
    assert.ok(made.kind === "bundle");
    return made;
  }

  /** What the program exports when it runs from the bundle. */
  function found(made: Made): unknown {
    const require = createRequire(made.bundleFile);
    return (require(made.bundleFile) as { program(): { found: unknown } }).program().found;
  }

  it("is used again while nothing changes", async () => {
    const first = await bundle();
    assert.equal(first.made, true);
    assert.equal(found(first), "src,one,1,folder,main,1");
    const second = await bundle();
    assert.deepEqual([second.made, second.bundleFile], [false, first.bundleFile]);
  });

  const changes: readonly [name: string, change: (project: ProgramProject) => void, found: string][] = [
    ["the entry file", (p) => p.write("index.ts", FILES["index.ts"].replace('"1"', '"2"')), "src,one,1,folder,main,2"],
    [
      "a config module",
      (p) => p.write("config/settings.ts", "export const setting = 'two';"),
      "src,two,1,folder,main,1",
    ],
    ["a JSON file", (p) => p.write("data.json", '{ "a": 2 }'), "src,one,2,folder,main,1"],
    [
      "a file of a dependency, edited in place",
      (p) => p.write("node_modules/dependency/main.js", "exports.made = 'edit';"),
      "src,one,1,folder,edit,1",
    ],
    [
      "the manifest of a dependency",
      (p) => p.write("node_modules/dependency/package.json", '{ "name": "dependency", "main": "second.js" }'),
      "src,one,1,folder,second,1",
    ],
    [
      "the paths of tsconfig.json",
      (p) => p.write("tsconfig.json", '{ "compilerOptions": { "paths": { "@/*": ["./other/*"] } } }'),
      "other,one,1,folder,main,1",
    ],
    [
      "a configuration that tsconfig.json extends",
      (p) => p.write("tsconfig.base.json", '{ "compilerOptions": { "strict": false } }'),
      "src,one,1,folder,main,1",
    ],
    ["the lockfile", (p) => p.write("package-lock.json", '{ "lockfileVersion": 2 }'), "src,one,1,folder,main,1"],
    [
      "a new file that takes the place of a folder",
      (p) => p.write("deep.ts", "export const deep = 'file';"),
      "src,one,1,file,main,1",
    ],
    [
      "a new package nearer to the importing file",
      (p) => p.write("lib/node_modules/dependency/index.js", "exports.made = 'near';"),
      "src,one,1,folder,near,1",
    ],
    [
      "a package that becomes a link to another",
      (p) => {
        p.write("elsewhere/package.json", '{ "name": "dependency" }');
        p.write("elsewhere/index.js", "exports.made = 'link';");
        renameSync(p.path("node_modules/dependency"), p.path("node_modules/.old"));
        symlinkSync(p.path("elsewhere"), p.path("node_modules/dependency"));
      },
      "src,one,1,folder,link,1",
    ],
  ];
  for (const [name, change, expected] of changes) {
    it(`is made anew after a change of ${name}`, async () => {
      await bundle();
      change(project);
      const second = await bundle();
      assert.deepEqual([second.made, found(second)], [true, expected]);
      assert.ok(second.changed, "says what changed");
      assert.equal((await bundle()).made, false);
    });
  }

  it("is made anew after an edit of the same size and stamps", async () => {
    await bundle();
    const path = project.path("config/settings.ts");
    const { atime, mtime } = statSync(path);
    project.write("config/settings.ts", FILES["config/settings.ts"].replace("one", "two"));
    utimesSync(path, atime, mtime);
    assert.equal(found(await bundle()), "src,two,1,folder,main,1");
  });

  it("is made anew after an edit long after it was made, whatever stamps the edit leaves", async () => {
    await bundle();
    await sleep(2_300);
    assert.equal((await bundle()).made, false, "stamps are believed from now on");
    const path = project.path("config/settings.ts");
    const { atime, mtime } = statSync(path);
    project.write("config/settings.ts", FILES["config/settings.ts"].replace("one", "two"));
    utimesSync(path, atime, mtime);
    assert.equal(found(await bundle()), "src,two,1,folder,main,1");
  });

  it("is used again after a touch that changes no content", async () => {
    await bundle();
    utimesSync(project.path("index.ts"), new Date(), new Date());
    assert.equal((await bundle()).made, false);
  });

  it("is made anew when a file that it needs is gone, and fails over to what the program itself says", async () => {
    await bundle();
    rmSync(project.path("config/settings.ts"));
    const made = await programBundle(project.root, project.path("index.ts"), { cacheDir: project.cacheDir });
    assert.deepEqual(made.kind === "unbundled" && /config\/settings/.test(made.reason), true);
  });

  it("survives a cut manifest", async () => {
    const first = await bundle();
    const manifest = project.path(`.cache/programs/${first.bundleFile.split("/").at(-3)}/manifest.json`);
    const whole = readFileSync(manifest, "utf8");
    project.write(manifest.slice(project.root.length), whole.slice(0, 100));
    assert.equal((await bundle()).made, true);
  });

  it("is made for one run when it cannot be kept", async () => {
    project.write("not-a-folder", "");
    const made = await bundle(project.path("not-a-folder"));
    assert.equal(found(made), "src,one,1,folder,main,1");
    made.dispose();
    assert.throws(() => statSync(made.bundleFile), { code: "ENOENT" });
  });

  for (const [name, source, reason] of [
    ["requires a computed name", "declare const n: string; require(n);", /index\.ts:1 requires a module whose name/],
    ["imports a computed name", "declare const n: string; void import(n);", /imports a module whose name/],
    ["uses import.meta", "export const u = import.meta.url;", /uses `import\.meta`/],
    ["has an addon", 'import "./addon.node";', /No loader is configured for "\.node"/],
    ["awaits at its top", "await Promise.resolve(); export {};", /top-level await/i],
  ] as const) {
    it(`is not made for a program that ${name}`, async () => {
      project.write("addon.node", "");
      project.write("index.ts", source);
      const made = await programBundle(project.root, project.path("index.ts"), { cacheDir: project.cacheDir });
      assert.match(made.kind === "unbundled" ? made.reason : "bundled", reason);
    });
  }
});
