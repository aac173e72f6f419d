import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { diffInputs } from "../../../rehearsal/cloud/provider/diff-inputs";
import { any, list, object, record, set, text } from "../../../rehearsal/cloud/schema/property-schema";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import type { PropertyMap } from "../../../rehearsal/engine/values/property-value";
import { UNKNOWN } from "../../../rehearsal/engine/values/property-value";
import { isSecret, makeSecret } from "../../../rehearsal/engine/values/secret-value";
import { Driver, SEED, withCloud, withDocument } from "./support/cloud-fixture";
import { TRUST_POLICY } from "./support/aws-examples";

const BUCKET = "aws:s3/bucket:Bucket";
const SECRET = "github:index/actionsSecret:ActionsSecret";

describe("a preview of a creation", () => {
  it("knows what follows from the inputs and leaves the rest unknown, and creates nothing", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "aws", {
        region: "eu-west-1",
        defaultTags: '{"tags":{"team":"ml"}}',
      });
      const before = cloud.list().length;
      const outputs = await driver.preview(BUCKET, { bucket: "acme", tags: { env: "dev" } });
      assert.equal(outputs.bucket, "acme");
      assert.equal(outputs.region, "eu-west-1");
      assert.deepEqual(outputs.tagsAll, { team: "ml", env: "dev" });
      assert.deepEqual([outputs.arn, outputs.hostedZoneId, outputs.grants], [UNKNOWN, UNKNOWN, UNKNOWN]);
      assert.equal(cloud.list().length, before);
    }));

  it("of an update keeps what no update changes, even when inputs are unknown", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "aws");
      const bucket = await driver.create(BUCKET, { bucket: "acme" });
      const { outputs } = await driver.update(bucket, { bucket: "acme", tags: { a: UNKNOWN } }, true);
      assert.equal(outputs.arn, "arn:aws:s3:::acme");
      assert.equal(outputs.tagsAll, UNKNOWN);
      assert.deepEqual(cloud.get(BUCKET, "acme")!.inputs.tags, undefined);
    }));
});

describe("names that the provider makes", () => {
  it("are the program's name and seven digits, and stay", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "aws");
      const bucket = await driver.create(BUCKET, {}, "State");
      assert.match(bucket.id, /^state-[0-9a-f]{7}$/);
      assert.equal((await driver.diff(bucket, {})).changes, "none");
      const replaced = await driver.diff(bucket, { bucket: "acme" });
      assert.deepEqual([replaced.replaceKeys, replaced.deleteBeforeReplace], [["bucket"], false]);
    }));

  it("are made anew when a name of the user's own is taken away", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "aws");
      const role = await driver.create("aws:iam/role:Role", { name: "ci", assumeRolePolicy: TRUST_POLICY });
      assert.deepEqual((await driver.diff(role, { assumeRolePolicy: TRUST_POLICY })).replaceKeys, ["name"]);
      const moved = await driver.diff(role, { name: "ci", path: "/ci/", assumeRolePolicy: TRUST_POLICY });
      assert.equal(moved.deleteBeforeReplace, true);
    }));
});

describe("diff", () => {
  const value = fc.letrec<{ value: fc.JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.array(tie("value")),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie("value")),
    ),
  })).value;
  const properties = fc.dictionary(fc.constantFrom("a", "b", "c"), value) as fc.Arbitrary<PropertyMap>;
  const rules = { properties: { a: any(), b: any(), c: any({ replace: true }) } };

  it("of equal inputs is none, secret or not", () => {
    fc.assert(
      fc.property(properties, (inputs) =>
        assert.equal(diffInputs(inputs, structuredClone(inputs), rules).changes, "none"),
      ),
    );
  });
  it("names a path for every change, and its top-level property", () => {
    fc.assert(
      fc.property(properties, properties, (olds, news) => {
        const { changes, changedKeys = [], detailedDiff = {}, replaceKeys = [] } = diffInputs(olds, news, rules);
        assert.equal(changes === "none", Object.keys(detailedDiff).length === 0);
        assert.deepEqual(
          [...new Set(Object.keys(detailedDiff).map((path) => path[0]))].sort(),
          [...changedKeys].sort(),
        );
        assert.deepEqual(replaceKeys, changedKeys.includes("c") ? ["c"] : []);
      }),
    );
  });

  const schemas = {
    properties: {
      tags: record(text()),
      set: set(text()),
      list: list(object({ port: any({ replace: true }) })),
      json: { kind: "json" as const, document: () => [] },
    },
  };
  const cases: [string, PropertyMap, PropertyMap, Record<string, string>, string[]?][] = [
    ["a key with a dot is quoted", { tags: { "a.b": "1" } }, { tags: { "a.b": "2" } }, { 'tags["a.b"]': "update" }],
    ["an added and a removed key", { tags: { a: "1" } }, { tags: { b: "1" } }, { "tags.a": "delete", "tags.b": "add" }],
    ["a set in another order is the same", { set: ["a", "b"] }, { set: ["b", "a"] }, {}],
    ["JSON in another layout is the same", { json: '{"a":1,"b":2}' }, { json: '{ "b": 2, "a": 1 }' }, {}],
    [
      "a nested property may need a replacement",
      { list: [{ port: 1 }] },
      { list: [{ port: 2 }] },
      { "list[0].port": "update-replace" },
    ],
    ["an unknown counts as changed", { tags: { a: "1" } }, { tags: { a: UNKNOWN } }, { "tags.a": "update" }],
    ["an ignored path counts as equal", { tags: { a: "1" } }, { tags: { a: "2" } }, {}, ["tags.a"]],
    ["an ignored property covers what lies in it", { list: [{ port: 1 }] }, { list: [] }, {}, ["list"]],
  ];
  for (const [what, olds, news, expected, ignored] of cases) {
    it(`${what}`, () => {
      const { detailedDiff = {} } = diffInputs(olds, news, schemas, ignored);
      assert.deepEqual(
        Object.fromEntries(Object.entries(detailedDiff).map(([path, { kind }]) => [path, kind])),
        expected,
      );
    });
  }
});

describe("secrets", () => {
  it("stay secret in inputs and outputs, never reach the document, and are no difference when unchanged", () =>
    withDocument(async (file) => {
      const cloud = await SimulatedCloud.open(file, { seed: SEED });
      const driver = await Driver.configured(cloud, "github");
      const held = await driver.create(SECRET, { repository: "platform", secretName: "TOKEN", value: "hush-hush" });
      assert.ok(isSecret(held.outputs.value) && isSecret(held.inputs.value));
      const tagged = await (
        await Driver.configured(cloud, "aws")
      ).create(BUCKET, { bucket: "acme", tags: { owner: makeSecret("hush-hush") } });
      assert.ok(isSecret(tagged.outputs.tags));
      assert.equal(
        (await driver.diff(held, { repository: "platform", secretName: "TOKEN", value: makeSecret("hush-hush") }))
          .changes,
        "none",
      );
      assert.deepEqual((await driver.read(held))!.outputs, held.outputs);
      assert.equal((await driver.import(SECRET, held.id))!.outputs.value, undefined);
      assert.doesNotMatch(await readFile(`${file}.journal`, "utf8"), /hush-hush/);
      await cloud.close();
      assert.doesNotMatch(await readFile(file, "utf8"), /hush-hush/);
    }));

  it("of the random provider are results, with the characters that were asked for", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "random");
      const inputs = { length: 30, minNumeric: 5, minUpper: 5, special: false, lower: false };
      const { id, outputs } = await driver.create("random:index/randomPassword:RandomPassword", inputs);
      assert.equal(id, "none");
      assert.ok(isSecret(outputs.result));
      assert.match(outputs.result.value as string, /^(?=(.*[0-9]){5})(?=(.*[A-Z]){5})[A-Z0-9]{30}$/);
      assert.deepEqual(
        cloud.list().filter(({ scope }) => scope.startsWith("random")),
        [],
      );
    }));
});

describe("drift", () => {
  it("is seen by a read, as inputs and outputs, and a removal as nothing", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "aws");
      const held = await driver.create(BUCKET, { bucket: "acme", tags: { a: "1" } });
      await cloud.change(BUCKET, "acme", { tags: { a: "2" } });
      const read = await driver.read(held);
      assert.deepEqual([read!.inputs!.tags, read!.outputs.tags], [{ a: "2" }, { a: "2" }]);
      const refreshed = { ...held, inputs: read!.inputs!, outputs: read!.outputs };
      assert.deepEqual(
        Object.keys((await driver.diff(refreshed, { bucket: "acme", tags: { a: "1" } })).detailedDiff!),
        ["tags.a"],
      );
      await cloud.remove(BUCKET, "acme");
      assert.equal(await driver.read(held), undefined);
      await assert.rejects(driver.update(held, { bucket: "acme" }), /does not exist in aws:111111111111 any more/);
      await assert.rejects(cloud.change(BUCKET, "acme", {}), /there is no aws:s3\/bucket:Bucket "acme"/);
    }));
});
