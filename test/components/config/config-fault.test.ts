import assert from "node:assert/strict";
import fc from "fast-check";
import { environmentConfigSchema, environmentNames, parseEnvironmentConfig } from "../../../components";
import { SECRET_KEYS } from "../../../components/config/shown-value";
import { validRawConfig } from "../../support/arbitrary-config";
import { faultsOf } from "../../support/config-faults";

/** Keys of a JSON Schema whose values are secrets. */
function secretKeys(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, inner]: [string, { writeOnly?: unknown } | null]) => [
    ...(inner?.writeOnly === true ? [key] : []),
    ...secretKeys(inner),
  ]);
}

describe("the secrets of a config", () => {
  const canary = "canary-0123456789";
  const gitCredential = (more: object) => ({ databricks: { principal: { gitCredential: more } } });
  const vault = (credentials: unknown) => ({ azure: { keyVault: { vault: { create: {} }, credentials } } });
  const faulty: readonly (readonly [title: string, config: Record<string, unknown>])[] = [
    ["a token with blanks", gitCredential({ provider: "gitHub", personalAccessToken: `${canary} x` })],
    ["a token that is none", gitCredential({ provider: "gitHub", personalAccessToken: { value: canary } })],
    [
      "a token for a provider without one",
      gitCredential({ provider: "azureDevOpsServicesAad", personalAccessToken: canary }),
    ],
    ["a section that is a list", { databricks: { principal: [{ gitCredential: { personalAccessToken: canary } }] } }],
    ["a secret that is a list", vault({ create: { clientSecret: [canary] } })],
    ["a secret in a section with both its keys", vault({ create: { clientSecret: canary }, existing: {} })],
  ];
  for (const [title, config] of faulty) {
    it(`fail without being shown: ${title}`, () => {
      const faults = faultsOf(config);
      assert.ok(
        faults.some(({ path }) => /gitCredential|principal|credentials/.test(path)),
        JSON.stringify(faults),
      );
      assert.equal(JSON.stringify(faults).includes("canary"), false);
    });
  }

  it("are known to whatever shows a fault", () => {
    const keys = secretKeys(environmentConfigSchema());
    assert.deepEqual([...new Set(keys)].sort(), ["clientSecret", "personalAccessToken"]);
    for (const key of keys) assert.ok(SECRET_KEYS.has(key), key);
  });
});

describe("the config of any stack", () => {
  it("is taken when it is valid, and once more with the defaults in", () => {
    fc.assert(
      fc.property(fc.constantFrom(...environmentNames), validRawConfig, (stack, raw) => {
        const { environment, ...config } = parseEnvironmentConfig(stack, raw);
        assert.equal(environment, stack);
        assert.deepEqual(parseEnvironmentConfig(stack, structuredClone(config)), { environment, ...config });
      }),
    );
  });

  it("fails with its own error and a path for whatever one writes", () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.anything()), (stack, raw) => {
        assert.notDeepEqual(faultsOf(raw, stack), []);
      }),
    );
  });

  it("reports the path of every place that is spoilt in a valid config", () => {
    const spoilt = validRawConfig.chain((raw) => {
      const places = leaves(raw).map(({ path }) => path);
      return fc.record({ raw: fc.constant(raw), places: fc.subarray(places, { minLength: 1 }) });
    });
    fc.assert(
      fc.property(spoilt, ({ raw, places }) => {
        const copy = structuredClone(raw);
        places.forEach((path) => replaceAt(copy, path, { bogus: "value" }));
        const reported = faultsOf(copy).map(({ path }) => path);
        for (const path of places.map(notation)) {
          assert.ok(
            reported.some((found) => found === path || found.startsWith(`${path}.`)),
            `${path} is not among ${reported.join(", ")}`,
          );
        }
      }),
    );
  });
});

type Path = (string | number)[];

function leaves(value: unknown, path: Path = []): { path: Path }[] {
  if (typeof value !== "object" || value === null) {
    return [{ path }];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function replaceAt(target: any, path: Path, value: unknown): void {
  const parent = path.slice(0, -1).reduce((inner, key) => inner[key], target);
  parent[path.at(-1)!] = value;
}

function notation([first, ...rest]: Path): string {
  const steps = rest.map((key) =>
    typeof key === "number" ? `[${key}]` : /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`,
  );
  return `trunkline:${first}${steps.join("")}`;
}
