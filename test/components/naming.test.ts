import assert from "node:assert/strict";
import { InputPropertyError } from "@pulumi/pulumi";
import fc from "fast-check";
import { type NameKind, nameRules, physicalName } from "../../components";

const kinds = Object.keys(nameRules) as NameKind[];
const part = fc.stringMatching(/^[A-Za-z0-9._/ -]{0,40}[A-Za-z0-9]$/);
const parts = fc.array(part, { minLength: 1, maxLength: 5 });

describe("physicalName", () => {
  const table: [kind: NameKind, parts: string[], name: string][] = [
    ["s3Bucket", ["mlopspltf", "dev", "s3-tf-backend"], "mlopspltf-dev-s3-tf-backend"],
    ["dynamodbTable", ["mlopspltf", "prd", "ddb-tf-backend"], "mlopspltf-prd-ddb-tf-backend"],
    ["iamRole", ["mlopspltf", "tst", "github", "write"], "mlopspltf-tst-github-write"],
    ["kubernetesLabel", ["mlflow"], "mlflow"],
    ["storageAccount", ["mlopspltfdevstate"], "mlopspltfdevstate"],
  ];
  for (const [kind, given, name] of table) {
    it(`keeps ${name} as it is for kind ${kind}`, () => {
      assert.equal(physicalName(kind, ...given), name);
    });
  }

  it("shortens to the vendor's limit and ends in a hash", () => {
    const name = physicalName("keyVault", "a-very-long-organization", "dev", "platform");
    assert.match(name, /^a-very-long-org-[a-z0-9]{8}$/);
    assert.equal(name.length, 24);
  });

  it("takes out what the vendor refuses and keeps names apart that would then be equal", () => {
    const names = [
      physicalName("storageAccount", "acme", "dev", "tf"),
      physicalName("storageAccount", "acme-dev", "t-f"),
      physicalName("storageAccount", "ACME", "dev", "tf"),
    ];
    assert.equal(new Set(names).size, 3);
    for (const name of names) {
      assert.match(name, /^acmedevtf[a-z0-9]{8}$/);
    }
  });

  it("avoids a suffix that the vendor reserves", () => {
    assert.match(physicalName("s3Bucket", "acme", "dev", "x-s3alias"), /^acme-dev-x-s3alias-[a-z0-9]{8}$/);
  });

  const impossible: [kind: NameKind, parts: string[]][] = [
    ["s3Bucket", []],
    ["s3Bucket", ["acme", ""]],
    ["s3Bucket", ["acme", "---"]],
    ["s3Bucket", ["sthree-acme", "dev"]],
    ["keyVault", ["3m", "dev", "vault"]],
    ["onlineEndpoint", ["1st"]],
    ["storageAccount", ["δ", "dev"]],
  ];
  for (const [kind, given] of impossible) {
    it(`fails for kind ${kind} and ${JSON.stringify(given)}, quoting the rule`, () => {
      assert.throws(
        () => physicalName(kind, ...given),
        (error: unknown) => {
          assert.ok(error instanceof InputPropertyError);
          assert.equal(error.propertyPath, kind);
          assert.ok(error.reason.includes(nameRules[kind].text), error.reason);
          assert.ok(error.reason.includes(JSON.stringify(given.join("-"))), error.reason);
          return true;
        },
      );
    });
  }

  for (const kind of kinds) {
    it(`gives a valid name or refuses, the same each time, for kind ${kind}`, () => {
      fc.assert(
        fc.property(parts, (given) => {
          const name = nameOrUndefined(kind, given);
          assert.equal(nameOrUndefined(kind, given), name);
          if (name !== undefined) {
            assert.match(name, nameRules[kind].pattern);
            assert.ok(name.length <= nameRules[kind].maxLength);
          }
        }),
      );
    });

    it(`gives different inputs different names for kind ${kind}`, () => {
      fc.assert(
        fc.property(fc.uniqueArray(parts, { minLength: 2, maxLength: 50, selector: (p) => p.join("-") }), (inputs) => {
          const names = inputs.map((given) => nameOrUndefined(kind, given)).filter((name) => name !== undefined);
          assert.equal(new Set(names).size, names.length);
        }),
        { numRuns: 50 },
      );
    });

    it(`always finds a name for a sound organization and kind ${kind}`, () => {
      const organization = fc.stringMatching(/^[a-z][a-z0-9]{1,31}$/);
      fc.assert(
        fc.property(organization, fc.constantFrom("dev", "tst", "prd"), part, (org, environment, purpose) => {
          assert.match(physicalName(kind, org, environment, purpose), nameRules[kind].pattern);
        }),
        { examples: [["acme", "dev", "a".repeat(300)]] },
      );
    });
  }
});

function nameOrUndefined(kind: NameKind, given: string[]): string | undefined {
  try {
    return physicalName(kind, ...given);
  } catch (error) {
    assert.ok(error instanceof InputPropertyError);
    return undefined;
  }
}
