import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { StackConfigFile } from "../../../../rehearsal/engine/settings/stack-config-file";
import { projectDirectory, type ProjectDirectory } from "../project-directory";

const key = (name: string) => ({ namespace: "demo", name });

describe("Pulumi.<stack>.yaml", () => {
  let directory: ProjectDirectory;
  let file: string;

  beforeEach(async () => {
    directory = await projectDirectory();
    file = join(directory.root, "Pulumi.dev.yaml");
  });
  afterEach(() => directory.remove());

  const edited = async (text: string, edit: (config: StackConfigFile) => void) => {
    await writeFile(file, text);
    const config = await StackConfigFile.load(file);
    edit(config);
    await config.save();
    return await readFile(file, "utf8");
  };

  it("keeps comments, order and unknown keys through edits", async () => {
    const text = [
      "# who to ask: the platform team",
      "environment:",
      "  - shared # an ESC environment",
      "config:",
      "  # the region that all stacks share",
      "  demo:region: r1 # do not change",
      "  demo:nested:",
      "    # why it is there",
      "    list:",
      "      - one # first",
      "    flag: true",
      "future: kept",
      "",
    ].join("\n");
    const result = await edited(text, (config) => {
      config.set(key("nested.list[1]"), "two", true);
      config.set(key("nested.flag"), false, true);
      config.set(key("added"), "1", false);
    });
    assert.equal(
      result,
      text
        .replace("    flag: true", '    flag: false\n  demo:added: "1"')
        .replace("      - one # first\n", "      - one # first\n      - two\n"),
    );
  });

  it("makes a file for the first salt, with the salt in front", async () => {
    const config = await StackConfigFile.load(file);
    config.set(key("a"), "b", false);
    config.encryptionSalt = "v1:s:v1:n:c";
    await config.save();
    assert.equal(await readFile(file, "utf8"), "encryptionsalt: v1:s:v1:n:c\nconfig:\n  demo:a: b\n");
    assert.equal((await StackConfigFile.load(file)).encryptionSalt, "v1:s:v1:n:c");
  });

  it("keeps the comment of a file that has nothing else", async () => {
    assert.equal(
      await edited("# only words\n", (config) => config.set(key("a"), "b", false)),
      "# only words\n\nconfig:\n  demo:a: b\n",
    );
  });

  it("drops the configuration with its last value", async () => {
    assert.equal(
      await edited("encryptionsalt: s\nconfig:\n  demo:a: b\n", (config) => config.remove(key("a"), false)),
      "encryptionsalt: s\n",
    );
  });

  it("writes JSON where the project is JSON", async () => {
    file = join(directory.root, "Pulumi.dev.json");
    const text = await edited('{"config":{"demo:a":"b"}}', (config) => config.set(key("n.x"), 1, true));
    assert.deepEqual(JSON.parse(text), { config: { "demo:a": "b", "demo:n": { x: 1 } } });
  });

  it("reads old keys and values of every type", async () => {
    await writeFile(file, "config:\n  demo:config:old: x\n  demo:n: 1.5\n  demo:t: true\n  demo:z: null\n");
    const config = await StackConfigFile.load(file);
    assert.deepEqual(
      [...config.values()],
      [
        ["demo:old", "x"],
        ["demo:n", 1.5],
        ["demo:t", true],
        ["demo:z", null],
      ],
    );
  });

  it("gives back any text that was set, after a save", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.stringMatching(/^[\w.-]{1,20}$/), fc.string({ unit: "grapheme" }), { minKeys: 1 }),
        async (values) => {
          await writeFile(file, "");
          const config = await StackConfigFile.load(file);
          for (const [name, value] of Object.entries(values)) config.set(key(name), value, false);
          await config.save();
          const read = (await StackConfigFile.load(file)).values();
          assert.deepEqual(
            Object.fromEntries(read),
            Object.fromEntries(Object.entries(values).map(([name, value]) => [`demo:${name}`, value])),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it("fails for a directory, naming it", async () => {
    await mkdir(file);
    await assert.rejects(
      StackConfigFile.load(file),
      /^EngineError: cannot read \S+Pulumi\.dev\.yaml: it is a directory/,
    );
  });

  for (const [flaw, text] of [
    ["a list", "- a\n"],
    ["not YAML", "config: [\n"],
    ["with a list for config", "config:\n  - a\n"],
  ] as const) {
    it(`fails for a file that is ${flaw}, naming it`, async () => {
      await writeFile(file, text);
      await assert.rejects(StackConfigFile.load(file), {
        name: "EngineError",
        message: /^could not read \S+Pulumi\.dev\.yaml: /,
      });
    });
  }
});
