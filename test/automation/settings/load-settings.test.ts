import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { loadSettings } from "../../../automation/settings/load-settings";
import { settingsJsonSchema } from "../../../automation/settings/settings-json-schema";
import { DEFAULT_SETTINGS } from "../../../automation/settings/settings-schema";

const EVERYTHING = `
branches:
  - { pattern: trunk, environment: prd }
  - { pattern: "topic/**", environment: dev }
aliases: { live: prd }
projects:
  web:
    dependsOn: [network]
    artifacts: ["artifacts/web/**"]
changes:
  ignore: ["**/*.md"]
`;

describe("trunkline.yaml", () => {
  let root: string;

  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "trunkline-settings-"))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const load = (text: string) => {
    writeFileSync(join(root, "trunkline.yaml"), text);
    return loadSettings(root);
  };

  it("may be absent or empty: then everything is built in", () => {
    assert.deepEqual(loadSettings(root), DEFAULT_SETTINGS);
    assert.deepEqual(load("# nothing yet\n"), DEFAULT_SETTINGS);
    assert.deepEqual(load("{}"), DEFAULT_SETTINGS);
  });

  it("says what is to be done otherwise", () => {
    const { branches, aliases, projects, changes } = load(EVERYTHING);
    assert.deepEqual(branches[0], { pattern: "trunk", environment: "prd" });
    assert.deepEqual(aliases, { live: "prd" });
    assert.deepEqual(projects, { web: { dependsOn: ["network"], artifacts: ["artifacts/web/**"] } });
    assert.deepEqual(changes, { ignore: ["**/*.md"] });
  });

  for (const [what, text, message] of [
    ["a key that is not known", "branch: []", /branch: unknown key, allowed are branches, aliases, projects, changes/],
    [
      "an environment that is not known",
      "branches: [{ pattern: main, environment: prod }]",
      /branches\.0\.environment: got "prod", allowed is one of dev, tst, prd/,
    ],
    ["an empty table", "branches: []", /branches: got \[\], allowed is a list of 1 to/],
    ["a pattern with a blank", "branches: [{ pattern: 'a b', environment: dev }]", /branches\.0\.pattern: got "a b"/],
    [
      "an alias that is an environment",
      "aliases: { dev: prd }",
      /aliases\.dev: this key is not allowed, .* but not dev, tst, prd/,
    ],
    [
      "an artifact outside the workspace",
      "projects: { web: { artifacts: [../x] } }",
      /projects\.web\.artifacts\.0: got "\.\.\/x"/,
    ],
    ["text", "just text", /the file: got "just text", allowed is a section/],
    ["what is no YAML", "branches: [", /trunkline\.yaml cannot be read: /],
  ] as const) {
    it(`fails for ${what}`, () => assert.throws(() => load(text), { code: "usage", message }));
  }

  it("tells all its faults at once", () =>
    assert.throws(() => load("branch: []\naliases: { x: y }"), { message: /has 2 faults:\n {2}.+\n {2}.+$/ }));

  it("is described by docs/trunkline.schema.json, for editors", () => {
    const written = readFileSync(resolve(__dirname, "../../../docs/trunkline.schema.json"), "utf8");
    assert.deepEqual(JSON.parse(written), settingsJsonSchema(), "write it anew: npm run schema");
    const validate = new Ajv({ allErrors: true, strict: false }).compile(settingsJsonSchema());
    assert.ok(validate(parse(EVERYTHING)), JSON.stringify(validate.errors));
    assert.equal(validate({ branches: [{ pattern: "main", environment: "prod" }] }), false);
  });
});
