import assert from "node:assert/strict";
import { existsSync, mkdirSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { RECORD_FILE } from "../../../automation/init/init-record";
import type { Questions } from "../../../automation/ports/questions";
import { InitRepository, written } from "../../support/init-repository";

/** A person who answers in this order: to `confirm` what is said here, to all else what is suggested. */
function person(confirmed: (message: string) => boolean, texts: Readonly<Record<string, string>> = {}): Questions {
  return {
    input: async (message, fault, initial = "") => {
      const answer = Object.entries(texts).find(([part]) => message.includes(part))?.[1] ?? initial;
      assert.equal(fault(answer), undefined, message);
      return answer;
    },
    select: async (_message, choices, initial) => initial ?? choices[0]!.value,
    several: async (_message, choices) => choices.map(({ value }) => value),
    confirm: async (message) => confirmed(message),
  };
}

describe("trunkline init in a repository", () => {
  const repositories: InitRepository[] = [];
  const repository = (files?: Readonly<Record<string, string>>) => {
    const made = new InitRepository(files);
    repositories.push(made);
    return made;
  };
  after(() => repositories.forEach((one) => one.remove()));

  it("asks on a terminal for what no option says, and writes what was agreed to", async () => {
    const one = repository();
    one.git("remote", "add", "origin", "git@github.com:Acme-Inc/ml-platform.git");
    const result = written(
      await one.init(
        { yes: false },
        person(() => true),
      ),
    );
    assert.equal(result.kept.length, 0);
    const { answers } = JSON.parse(one.read(RECORD_FILE));
    assert.deepEqual(
      [answers.repository, answers.organization, answers.ci],
      ["Acme-Inc/ml-platform", "acme-inc", "github"],
    );
    assert.ok(answers.systems.length >= 2);
    assert.equal(parse(one.read("Pulumi.dev.yaml")).config["trunkline:repository"].fullName, "Acme-Inc/ml-platform");
    assert.ok(result.standIns > 9);
  });

  it("writes nothing for a person who says no, for --dry-run, and where nobody can be asked", async () => {
    const one = repository();
    assert.equal(
      (
        await one.init(
          { yes: false, repository: "acme/platform" },
          person(() => false),
        )
      ).kind,
      "shown",
    );
    assert.equal((await one.init({ dryRun: true })).kind, "shown");
    assert.equal((await one.init({ yes: false })).kind, "shown");
    assert.equal(one.git("status", "--short"), "");
    assert.match(one.notes.join("\n"), /Pulumi\.yaml +new/);
  });

  it("does not write again what is as it is wanted, and keeps what was edited unless it is named", async () => {
    const one = repository();
    await one.init();
    one.commit();
    assert.deepEqual(written(await one.init()).written, []);
    one.write("trunkline.yaml", `${one.read("trunkline.yaml")}# mine\n`);
    const rerun = written(await one.init());
    assert.deepEqual([rerun.written, rerun.kept], [[], ["trunkline.yaml"]]);
    assert.match(one.notes.join("\n"), /--- trunkline\.yaml\ton disk\n\+\+\+ trunkline\.yaml\twanted\n[\s\S]*-# mine/);
    assert.match(one.read("trunkline.yaml"), /# mine/);
    await assert.rejects(one.init({ replace: ["trunkline.yaml"] }), {
      code: "refused",
      message: /in no commit: trunkline\.yaml/,
    });
    assert.deepEqual(written(await one.init({ replace: ["trunkline.yaml"], allowDirty: true })).written, [
      "trunkline.yaml",
    ]);
    assert.doesNotMatch(one.read("trunkline.yaml"), /# mine/);
  });

  it("asks a person about each edited and each removed file, and leaves those that are refused", async () => {
    const one = repository();
    await one.init();
    one.write("tsconfig.json", "{}\n");
    one.write("index.ts", "export = {};\n");
    one.git("add", ".");
    one.git("rm", "--quiet", "--cached", "Pulumi.tst.yaml");
    one.git("commit", "--quiet", "--message", "mine");
    unlinkSync(join(one.root, "Pulumi.tst.yaml"));
    const asked: string[] = [];
    const result = written(
      await one.init(
        { yes: false, state: "aws" },
        {
          ...person((message) => {
            asked.push(message);
            return message.includes("tsconfig.json");
          }),
          several: async () => [],
        },
      ),
    );
    assert.deepEqual(asked, [
      "Pulumi.tst.yaml was removed. Write it again?",
      "Replace index.ts?",
      "Replace tsconfig.json?",
    ]);
    assert.deepEqual([result.written, result.kept], [["tsconfig.json"], ["Pulumi.tst.yaml", "index.ts"]]);
    assert.equal(existsSync(join(one.root, "Pulumi.tst.yaml")), false);
  });

  it("adds to package.json and .gitignore without changing what is there, line ends and indentation included", async () => {
    const manifest =
      '{\r\n    "name": "theirs",\r\n    "scripts": { "rehearse": "theirs" },\r\n    "devDependencies": { "typescript": "5.0.0" }\r\n}\r\n';
    const one = repository({ "package.json": manifest, ".gitignore": "/dist\r\n/node_modules/" });
    await one.init();
    const text = one.read("package.json");
    assert.ok(
      text
        .split("\n")
        .slice(0, -1)
        .every((line) => line.endsWith("\r")),
      text,
    );
    assert.match(text, /^ {4}"name": "theirs"/m);
    const { scripts, dependencies, devDependencies } = JSON.parse(text);
    assert.deepEqual([scripts.rehearse, devDependencies.typescript], ["theirs", "5.0.0"]);
    assert.ok(dependencies.trunkline && devDependencies["@types/node"]);
    assert.equal(one.read(".gitignore"), "/dist\r\n/node_modules/\r\n.trunkline/\r\n");
    one.commit();
    assert.deepEqual(written(await one.init()).written, []);
  });

  it("takes what a Windows checkout made of the line ends for unchanged", async () => {
    const one = repository();
    await one.init();
    for (const path of ["Pulumi.dev.yaml", "index.ts", RECORD_FILE]) {
      one.write(path, one.read(path).replaceAll("\n", "\r\n"));
    }
    one.commit();
    const { written: paths, kept } = written(await one.init({ organization: "other" }));
    assert.deepEqual([paths.includes("Pulumi.dev.yaml"), paths.includes("index.ts"), kept], [true, false, []]);
    assert.match(one.read("Pulumi.dev.yaml"), /trunkline:organization: other\r\n/);
  });

  it("fails at the root of a package of ES modules, and says in a folder of its own that it has none", async () => {
    const one = repository({ "package.json": '{ "name": "theirs", "type": "module" }' });
    await assert.rejects(one.init(), { code: "usage", hint: /--directory platform/ });
    await one.init({ directory: "platform" });
    assert.equal(JSON.parse(one.read("platform/package.json")).type, "commonjs");
    assert.equal(JSON.parse(one.read("package.json")).type, "module");
  });

  it("fails beside another Pulumi program, and writes into a folder of its own", async () => {
    const one = repository({ "Pulumi.yaml": "name: theirs\nruntime: nodejs\n", "index.ts": "export = {};\n" });
    await assert.rejects(one.init(), { code: "usage", message: "there is another Pulumi program: Pulumi.yaml" });
    await assert.rejects(one.init({ directory: "platform", name: "theirs" }), {
      code: "usage",
      message: /that of the project in/,
    });
    await one.init({ directory: "platform" });
    assert.equal(one.read("index.ts"), "export = {};\n");
    assert.match(one.read("platform/Pulumi.dev.yaml"), /\$schema=\.\.\/node_modules\/trunkline/);
    assert.match(one.read("trunkline.yaml"), /- platform\/artifacts\/\*\*/);
  });

  it("changes no file whose changes are in no commit, unless it may", async () => {
    const one = repository({ "package.json": '{ "name": "theirs" }' });
    one.write("package.json", '{ "name": "theirs", "private": true }');
    await assert.rejects(one.init(), { code: "refused", message: /in no commit: package\.json/ });
    assert.equal(existsSync(join(one.root, "Pulumi.yaml")), false);
    await one.init({ allowDirty: true });
    assert.equal(JSON.parse(one.read("package.json")).private, true);
  });

  for (const [what, options, message] of [
    [
      "an organization that vendors refuse",
      { organization: "Contoso_GmbH" },
      /--organization: got "Contoso_GmbH", .*; contoso-gmbh would be/,
    ],
    [
      "an organization that nothing is left of",
      { organization: "日本" },
      /--organization: got "日本", allowed is [^;]*$/m,
    ],
    ["a project name with blanks", { name: "my platform" }, /--name: got "my platform"/],
    [
      "a repository without an owner",
      { repository: "platform" },
      /--repository: got "platform", allowed is owner\/name/,
    ],
    ["a folder outside", { directory: "../x" }, /--directory: got "\.\.\/x"/],
    ["a folder that is packages'", { directory: "node_modules/x" }, /--directory/],
    ["an unknown cloud", { state: "gcp" }, /--state: got "gcp", allowed is aws or azure/],
    ["an unknown system", { with: "databricks,sagemaker" }, /--with: .*sagemaker/],
    ["the same system twice", { with: "mlflow,mlflow" }, /--with: /],
    ["several at once", { state: "gcp", ci: "jenkins" }, /--state: [\s\S]*--ci: got "jenkins"/],
  ] as const) {
    it(`fails for ${what} before anything is written`, async () => {
      const one = repository();
      await assert.rejects(one.init(options), { code: "usage", message });
      assert.equal(one.git("status", "--short"), "");
    });
  }

  it("fails for what is missing where nobody can be asked", async () => {
    const one = repository();
    const missing = { repository: undefined, state: undefined };
    await assert.rejects(one.init(missing), {
      message: /--organization is missing[\s\S]*--repository is missing[\s\S]*--state is missing/,
    });
  });

  it("fails for a package.json that is none, and for a record that was changed by hand", async () => {
    await assert.rejects(repository({ "package.json": "[]" }).init(), {
      code: "usage",
      message: /package\.json is not one/,
    });
    await assert.rejects(repository({ [RECORD_FILE]: "{}" }).init(), {
      code: "usage",
      message: /trunkline\.init\.json is not what/,
    });
  });

  it("fails where a file is in the way of a folder, and goes on from there once it is gone", async () => {
    const one = repository({ ".github": "a file" });
    await assert.rejects(one.init(), { code: "fault", message: /cannot be written/ });
    one.git("rm", "--quiet", ".github");
    assert.ok(written(await one.init()).written.length > 0);
    one.commit();
    assert.deepEqual(written(await one.init()).written, []);
  });

  it("writes through no symbolic link", async () => {
    const one = repository();
    mkdirSync(join(one.root, "elsewhere"));
    symlinkSync(join(one.root, "elsewhere/x"), join(one.root, "trunkline.yaml"));
    await assert.rejects(one.init(), { code: "fault", message: /it is a symbolic link/ });
    assert.equal(existsSync(join(one.root, "elsewhere/x")), false);
  });
});
