import assert from "node:assert/strict";
import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import fc from "fast-check";
import { deriveKey } from "../../../../rehearsal/engine/secrets/derive-key";
import { PassphraseSecretsManager } from "../../../../rehearsal/engine/secrets/passphrase-secrets-manager";
import { SymmetricCrypter } from "../../../../rehearsal/engine/secrets/symmetric-crypter";

/** Made outside of the engine, with Python's hashlib and cryptography: passphrase, salt state, and a value. */
const VECTOR = {
  passphrase: "correct horse",
  salt: "v1:AQIDBAUGBwg=:v1:AAECAwQFBgcICQoL:E27pUA/wPCIWegHkV0laI4yxSAT80Q==",
  ciphertext: "v1:CwoJCAcGBQQDAgEA:VVeAtEQr79DannJHVjrvy88D6I6/dW9j7zO7E9I9",
  plaintext: '{"deep":["s"]}',
};

const context = (env: Record<string, string>) => ({ cwd: "/", env });

describe("passphrase secrets manager", () => {
  it("decrypts what the CLI's format holds", async () => {
    const manager = new PassphraseSecretsManager(VECTOR.salt, context({ PULUMI_CONFIG_PASSPHRASE: VECTOR.passphrase }));
    assert.equal(await manager.decrypt(VECTOR.ciphertext), VECTOR.plaintext);
    assert.deepEqual(manager.state, { type: "passphrase", state: { salt: VECTOR.salt } });
  });

  it("encrypts so that an independent reading of the format decrypts it", async () => {
    const manager = await PassphraseSecretsManager.create(context({ PULUMI_CONFIG_PASSPHRASE: "" }));
    const [version, salt = "", ...verifier] = manager.salt.split(":");
    assert.equal(version, "v1");
    assert.equal(Buffer.from(salt, "base64").length, 8);
    const key = pbkdf2Sync("", Buffer.from(salt, "base64"), 1_000_000, 32, "sha256");
    for (const [text, ciphertext] of [
      ["pulumi", verifier.join(":")],
      ["wörld", await manager.encrypt("wörld")],
    ] as const) {
      const [, nonce = "", sealed = ""] = ciphertext.split(":");
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
      decipher.setAuthTag(bytes.subarray(-16));
      assert.equal(decipher.update(bytes.subarray(0, -16)).toString() + decipher.final("utf8"), text);
    }
  });

  it("fails for a wrong passphrase, none, and a salt of another form", async () => {
    const decrypt = (env: Record<string, string>, salt = VECTOR.salt) =>
      new PassphraseSecretsManager(salt, context(env)).decrypt(VECTOR.ciphertext);
    await assert.rejects(decrypt({ PULUMI_CONFIG_PASSPHRASE: "wrong" }), {
      message: /^incorrect passphrase: .*set PULUMI_CONFIG_PASSPHRASE/,
    });
    await assert.rejects(decrypt({}), { message: /^passphrase must be set with PULUMI_CONFIG_PASSPHRASE/ });
    await assert.rejects(decrypt({ PULUMI_CONFIG_PASSPHRASE: "x" }, "v2:a:b"), {
      message: /^malformed encryption salt/,
    });
  });

  it("derives the key of a passphrase and salt once", async () => {
    const [one, other] = [Buffer.alloc(8, 1), Buffer.alloc(8, 2)];
    const key = deriveKey("x", one);
    assert.equal(deriveKey("x", Buffer.from(one)), key);
    assert.notEqual(deriveKey("x", other), key);
    assert.notEqual(deriveKey("y", one), key);
    const all = await Promise.all([key, deriveKey("x", other), deriveKey("y", one)]);
    assert.equal(new Set(all.map((bytes) => bytes.toString("hex"))).size, 3);
  });

  describe("its cipher", () => {
    const crypter = new SymmetricCrypter(Buffer.alloc(32, 7));

    it("gives back any text, and never the same ciphertext twice", () => {
      fc.assert(
        fc.property(
          fc.string({ unit: "binary" }).map((text) => text.toWellFormed()),
          (text) => {
            const [first, second] = [crypter.encrypt(text), crypter.encrypt(text)];
            assert.notEqual(first, second);
            assert.equal(crypter.decrypt(first), text);
          },
        ),
      );
    });

    it("fails for any altered ciphertext", () => {
      const [version, nonce, sealed] = crypter.encrypt("text").split(":") as [string, string, string];
      fc.assert(
        fc.property(fc.nat(19), fc.integer({ min: 1, max: 255 }), (at, flip) => {
          const bytes = Buffer.from(sealed, "base64");
          bytes[at] = (bytes[at] ?? 0) ^ flip;
          assert.throws(() => crypter.decrypt(`${version}:${nonce}:${bytes.toString("base64")}`), /failed to decrypt/);
        }),
      );
    });

    for (const ciphertext of [
      "",
      "text",
      "v2:a:b",
      "v1:AAAA:AAAA",
      "v1:a:b:c",
      `v1:${Buffer.alloc(12).toString("base64")}:AA==`,
    ]) {
      it(`fails for '${ciphertext}'`, () => assert.throws(() => crypter.decrypt(ciphertext), /malformed ciphertext/));
    }
  });
});
