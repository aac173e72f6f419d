import assert from "node:assert/strict";
import fc from "fast-check";
import { newManifest } from "../../../../rehearsal/engine/backend/manifest";
import { DeploymentSecrets, showSecrets } from "../../../../rehearsal/engine/secrets/deployment-secrets";
import { PassphraseSecretsManager } from "../../../../rehearsal/engine/secrets/passphrase-secrets-manager";
import { SymmetricCrypter } from "../../../../rehearsal/engine/secrets/symmetric-crypter";
import type { DeploymentFile } from "../../../../rehearsal/engine/state/deployment-file";
import type { PropertyMap, PropertyValue } from "../../../../rehearsal/engine/values/property-value";
import { secret } from "../automation-harness";

const context = { cwd: "/", env: { PULUMI_CONFIG_PASSPHRASE: "x" } };

const { value: anyValue } = fc.letrec<{ value: PropertyValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value")),
    fc.dictionary(fc.string(), tie("value"), { noNullPrototype: true }),
    tie("value").map(secret),
  ),
}));

describe("secrets of a deployment", () => {
  let manager: PassphraseSecretsManager;
  let secrets: DeploymentSecrets;

  before(async () => {
    manager = await PassphraseSecretsManager.create(context);
    await manager.crypter();
  });
  beforeEach(() => {
    secrets = new DeploymentSecrets(manager, context);
  });

  const deployment = (inputs: PropertyMap, outputs: PropertyMap = {}): DeploymentFile => ({
    manifest: newManifest(new Date(0)),
    metadata: {},
    future: { kept: true },
    secrets_providers: manager.state,
    resources: [
      { urn: "urn:pulumi:dev::demo::a:b:C::r", type: "a:b:C", custom: true, id: "1", inputs, outputs, later: [1] },
    ],
  });
  const roundTrip = async (sealed: DeploymentFile) => JSON.parse(JSON.stringify(sealed)) as DeploymentFile;

  it("come back from the disk as they were, with all fields that the engine does not know", async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), anyValue, { noNullPrototype: true }), async (inputs) => {
        const before = deployment(inputs);
        const after = await secrets.open(await roundTrip(await secrets.seal(before)));
        // JSON has no negative zero.
        assert.deepEqual(after, withoutNegativeZero(before));
      }),
    );
  });

  it("never stand in clear in what is stored", async () => {
    const stored = JSON.stringify(
      await secrets.seal(deployment({ a: [{ b: secret({ c: secret("hush") }) }] }, { d: secret("hush") })),
    );
    assert.ok(!stored.includes("hush"), stored);
  });

  it("keep their ciphertext while they do not change", async () => {
    const first = await secrets.seal(deployment({ a: secret("1"), b: secret("1") }));
    const again = await secrets.seal(deployment({ a: secret("1"), b: secret("2") }));
    const [before, after] = [first, again].map(
      ({ resources }) => resources?.[0]?.inputs as Record<string, { ciphertext: string }>,
    );
    assert.equal(after?.["a"]?.ciphertext, before?.["a"]?.ciphertext);
    assert.notEqual(after?.["b"]?.ciphertext, before?.["b"]?.ciphertext);
    assert.notEqual(before?.["a"]?.ciphertext, before?.["b"]?.ciphertext, "equal secrets may not look equal");
    const next = new DeploymentSecrets(manager, context);
    const sealed = await next.seal(await next.open(again));
    assert.deepEqual(sealed.resources, again.resources);
  });

  it("leave resources without any as they are, not copied", async () => {
    const plain = deployment({ a: { b: [1, "x", null] } });
    const sealed = await secrets.seal(plain);
    assert.equal(sealed.resources?.[0], plain.resources?.[0]);
    const opened = await secrets.open(plain);
    assert.equal(opened.resources?.[0], plain.resources?.[0]);
  });

  it("need no passphrase where there are none", async () => {
    const locked = new DeploymentSecrets(new PassphraseSecretsManager(manager.salt, { cwd: "/", env: {} }), {
      cwd: "/",
      env: {},
    });
    assert.deepEqual(
      (await locked.open(await locked.seal(deployment({ a: 1 })))).resources,
      deployment({ a: 1 }).resources,
    );
    await assert.rejects(locked.seal(deployment({ a: secret(1) })), /passphrase must be set/);
  });

  it("are shown as JSON, and read again so", async () => {
    const before = deployment({ a: secret({ b: 1 }) });
    const shown = showSecrets(before);
    assert.deepEqual((shown.resources?.[0]?.inputs as { a: { plaintext: string } }).a.plaintext, '{"b":1}');
    assert.deepEqual((await secrets.open(shown)).resources, before.resources);
  });

  it("of pending operations are kept as those of resources", async () => {
    const resource = {
      urn: "urn:pulumi:dev::demo::a:b:C::p",
      type: "a:b:C",
      custom: true,
      inputs: { pw: secret("hush") },
    };
    const before: DeploymentFile = { ...deployment({}), pending_operations: [{ type: "creating", resource }] };
    const sealed = await secrets.seal(before);
    assert.ok(!JSON.stringify(sealed).includes("hush"));
    assert.deepEqual((await secrets.open(sealed)).pending_operations, before.pending_operations);
  });

  it("fail to open under a provider other than the passphrase's, and where a secret is malformed", async () => {
    const sealed = await secrets.seal(deployment({ a: secret(1) }));
    await assert.rejects(
      secrets.open({ ...sealed, secrets_providers: { type: "cloud", state: { url: "awskms://x" } } }),
      /secrets provider 'cloud' is not supported/,
    );
    await assert.rejects(secrets.open({ ...sealed, secrets_providers: undefined }), /names no secrets provider/);
    const both = { ...secret(null), ciphertext: "v1:a:b", plaintext: "1" } as PropertyMap;
    await assert.rejects(secrets.open(deployment({ a: both })), /exactly one of `ciphertext` or `plaintext`/);
  });

  it("are encrypted once each, however often the deployment is stored, and again only when they change", async () => {
    const crypter = await manager.crypter();
    const encrypted: string[] = [];
    crypter.encrypt = (plaintext) => {
      encrypted.push(plaintext);
      return SymmetricCrypter.prototype.encrypt.call(crypter, plaintext);
    };
    try {
      const subject = (changed: string): DeploymentFile => ({
        ...deployment({}),
        resources: Array.from({ length: 500 }, (_, index) => ({
          urn: `urn:pulumi:dev::demo::a:b:C::r${index}`,
          type: "a:b:C",
          custom: true,
          id: `${index}`,
          inputs: { name: `n${index}`, pw: secret(index === 7 ? changed : `s${index}`), list: [1, { three: 3 }] },
        })),
      });
      for (let run = 0; run < 3; run++) await secrets.seal(subject("s7"));
      assert.equal(encrypted.length, 500);
      await secrets.seal(subject("other"));
      assert.deepEqual(encrypted.slice(500), ['"other"']);
    } finally {
      delete (crypter as Partial<SymmetricCrypter>).encrypt;
    }
  });
});

function withoutNegativeZero<T>(value: T): T {
  if (Object.is(value, -0)) return 0 as T;
  if (Array.isArray(value)) return value.map(withoutNegativeZero) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, withoutNegativeZero(element)])) as T;
}
