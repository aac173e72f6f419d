import assert from "node:assert/strict";
import { symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { GitRepository } from "../../support/git-repository";
import { projectFile } from "../../support/workspace-files";
import { affectedSince, FILES, lock } from "./changed-workspace";

describe("the projects that changed since their last deployment", function () {
  this.timeout(120_000);
  let repository: GitRepository;
  let base: string;

  before(() => {
    repository = new GitRepository();
    base = repository.commit(FILES);
  });
  after(() => repository.delete());
  afterEach(() => {
    repository.git("checkout", "--quiet", "--force", "main");
    repository.git("reset", "--quiet", "--hard", base);
    repository.git("clean", "--quiet", "-fdx");
  });

  const affected = (commit = base) => affectedSince(commit, repository.root);

  const table: readonly (readonly [string, Readonly<Record<string, string>>, Record<string, string[]>])[] = [
    ["nothing", {}, {}],
    [
      "a module that one imports",
      { "shared/size.ts": "export const size = 3;\n" },
      { a: ["its program imports shared/size.ts"] },
    ],
    ["a module that nobody imports", { "shared/unused.ts": "export const unused = 3;\n" }, {}],
    ["a JSON file that one imports", { "b/data.json": "[1]" }, { b: ["its program imports b/data.json"] }],
    [
      "the settings of the environment",
      { "a/Pulumi.dev.yaml": "config: { a: 1 }\n" },
      { a: ["it is configured by a/Pulumi.dev.yaml"] },
    ],
    ["the settings of another environment", { "a/Pulumi.prd.yaml": "config: { a: 1 }\n" }, {}],
    [
      "the project's own settings",
      { "b/Pulumi.yaml": `${projectFile("b")}description: x\n` },
      { b: ["it is configured by b/Pulumi.yaml"] },
    ],
    [
      "a package that one reaches",
      { "package-lock.json": lock("4.1.0") },
      { a: ["its program reaches zod in package-lock.json"] },
    ],
    [
      "a package that all reach through another one",
      { "package-lock.json": lock("4.0.0", { "node_modules/semver": { version: "7.1.0" } }) },
      {
        a: ["its program reaches semver in package-lock.json"],
        b: ["its program reaches semver in package-lock.json"],
      },
    ],
    [
      "a package that nobody reaches",
      { "package-lock.json": lock("4.0.0", { "node_modules/mocha": { version: "1.0.0" } }) },
      {},
    ],
    [
      "a lockfile that cannot be read",
      { "package-lock.json": "{" },
      { a: ["nobody says what package-lock.json is for"], b: ["nobody says what package-lock.json is for"] },
    ],
    [
      "a declared artifact",
      { "artifacts/init.sh": "false\n" },
      { b: ["it is declared to read artifacts/init.sh (artifacts/**)"] },
    ],
    [
      "a new declared artifact",
      { "artifacts/deep/new.sh": "" },
      { b: ["it is declared to read artifacts/deep/new.sh (artifacts/**)"] },
    ],
    ["scripts of the manifest", { "package.json": '{ "name": "w", "type": "commonjs", "scripts": { "x": "y" } }' }, {}],
    [
      "the kind of module of the manifest",
      { "package.json": '{ "name": "w", "type": "module", "scripts": {} }' },
      { a: ["package.json decides what its imports mean"], b: ["package.json decides what its imports mean"] },
    ],
    [
      "a file that nobody knows in a project's folder",
      { "b/script.sh": "false\n" },
      { b: ["nobody says what b/script.sh is for"] },
    ],
    [
      "a file that nobody knows elsewhere",
      { Makefile: "none:\n" },
      { a: ["nobody says what Makefile is for"], b: ["nobody says what Makefile is for"] },
    ],
    ["a page", { "docs/page.md": "other\n" }, {}],
    [
      "the pipeline's settings",
      { "trunkline.yaml": "{}\n" },
      { a: ["trunkline.yaml says how the pipeline works"], b: ["trunkline.yaml says how the pipeline works"] },
    ],
    [
      "a file that takes the place of another",
      { "a/part.ts": "export {};\n" },
      { a: ["its program imports a/part.ts"] },
    ],
    [
      "a file with a name that would break a line",
      { "b/new\nline $(id).txt": "x" },
      { b: ["nobody says what b/new\nline $(id).txt is for"] },
    ],
  ];
  for (const [what, files, expected] of table) {
    it(`are told for ${what}, committed`, async () => {
      repository.commit(files);
      assert.deepEqual(await affected(), expected);
    });

    it(`are told for ${what}, not committed yet`, async () => {
      for (const [path, content] of Object.entries(files)) repository.write(path, content);
      assert.deepEqual(await affected(), expected);
    });
  }

  it("have a program with a fault in it brought up, which will tell it, and no other is kept from anything", async () => {
    repository.commit({ "a/part/index.ts": "export const = ;\n", "b/data.json": "[2]" });
    const found = await affected();
    assert.match(found["a"]?.[0] ?? "", /^a\/part\/index\.ts:1: Expected identifier/);
    assert.deepEqual(found["b"], ["its program imports b/data.json"]);
  });

  it("have a program that imports what is not there brought up", async () => {
    repository.commit({ "a/index.ts": 'import "./missing";\n' });
    assert.match((await affected())["a"]?.[0] ?? "", /^a\/index\.ts:1: Could not resolve/);
  });

  it("have a program whose imports are computed brought up for any source", async () => {
    const computed = repository.commit({ "a/index.ts": "export const x = (name: string) => require(name);\n" });
    repository.commit({ "shared/unused.ts": "export const unused = 4;\n" });
    assert.deepEqual(await affected(computed), { a: ["nobody says what shared/unused.ts is for"] });
  });

  it("are told for a file that was renamed, in its old place and in its new one", async () => {
    repository.git("mv", "shared/size.ts", "shared/length.ts");
    repository.commit({ "a/index.ts": 'import { size } from "../shared/length";\nimport "./part";\nvoid size;\n' });
    assert.deepEqual(await affected(), {
      a: ["a/index.ts", "shared/length.ts"].map((path) => `its program imports ${path}`),
    });
  });

  it("are told for a file that was deleted and another one is found in its place", async () => {
    const both = repository.commit({ "a/part.ts": "export {};\n" });
    repository.remove("a/part.ts");
    repository.commit();
    assert.deepEqual(await affected(both), { a: ["its program imports a/part.ts"] });
  });

  it("are the same by a path that leads through a link", async () => {
    repository.commit({ "shared/size.ts": "export const size = 4;\n" });
    const linked = `${repository.root}-linked`;
    symlinkSync(repository.root, linked);
    try {
      assert.deepEqual(await affectedSince(base, linked), { a: ["its program imports shared/size.ts"] });
    } finally {
      unlinkSync(linked);
    }
  });

  it("are told for a link that leads elsewhere now", async () => {
    symlinkSync("../shared/size.ts", join(repository.root, "a/link.ts"));
    const linked = repository.commit({ "a/index.ts": 'import "./link";\n' });
    unlinkSync(join(repository.root, "a/link.ts"));
    symlinkSync("../shared/unused.ts", join(repository.root, "a/link.ts"));
    repository.commit();
    assert.deepEqual(await affected(linked), { a: ["nobody says what a/link.ts is for"] });
  });
});
