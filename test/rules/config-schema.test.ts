import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { configNamespace, environmentConfigSchema, environmentNames, parseEnvironmentConfig } from "../../components";

const root = join(__dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

const regenerate = "write it anew: npm run schema";

describe("the config's JSON Schema", () => {
  it("is what docs/config.schema.json holds", () => {
    assert.deepEqual(JSON.parse(read("docs/config.schema.json")), environmentConfigSchema(), regenerate);
  });

  it("describes every key", () => {
    assert.deepEqual(undescribed(environmentConfigSchema(), ""), []);
  });

  for (const environment of environmentNames) {
    const file = `Pulumi.${environment}.yaml`;

    it(`accepts ${file}, and so does the program`, () => {
      const stackFile: unknown = parse(read(file));
      const validate = new Ajv({ allErrors: true, strict: false }).compile(environmentConfigSchema());
      assert.ok(validate(stackFile), JSON.stringify(validate.errors, null, 2));
      const config = parseEnvironmentConfig(environment, keysOfNamespace(stackFile));
      assert.equal(config.environment, environment);
      assert.deepEqual([config.aws?.state, config.aws?.identity, config.github].includes(undefined), false);
    });

    it(`is named by ${file} for editors`, () => {
      assert.match(read(file), /^# yaml-language-server: \$schema=docs\/config\.schema\.json\n/);
    });
  }

  it("refuses a mistyped key of the namespace and lets other namespaces through", () => {
    const stackFile = parse(read("Pulumi.dev.yaml"));
    const validate = new Ajv({ allErrors: true, strict: false }).compile(environmentConfigSchema());
    assert.ok(validate({ config: { ...stackFile.config, "aws:region": "us-east-1" } }));
    assert.equal(validate({ config: { ...stackFile.config, "trunkline:awss": {} } }), false);
    assert.equal(validate({ config: { ...stackFile.config, "trunkline:aws": { acountId: "1" } } }), false);
  });

  it("finds three different accounts and each protected branch in one stack only", () => {
    const configs = environmentNames.map((environment) =>
      parseEnvironmentConfig(environment, keysOfNamespace(parse(read(`Pulumi.${environment}.yaml`)))),
    );
    assert.equal(new Set(configs.map(({ aws }) => aws?.accountId)).size, 3);
    const branches = configs.flatMap(({ github }) => Object.keys(github?.branchProtection ?? {}));
    assert.deepEqual(branches.sort(), ["develop", "main"]);
  });
});

function keysOfNamespace(stackFile: any): Record<string, unknown> {
  const prefix = `${configNamespace}:`;
  return Object.fromEntries(
    Object.entries(stackFile.config as object)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}

/** Paths of properties without a description. */
function undescribed(schema: any, path: string): string[] {
  return Object.entries((schema.properties ?? {}) as Record<string, any>).flatMap(([key, inner]) => [
    ...(inner.description === undefined ? [`${path}/${key}`] : []),
    ...undescribed(inner, `${path}/${key}`),
  ]);
}
