import assert from "node:assert/strict";
import fc from "fast-check";
import { environmentSecrets, maskedCopy, masker } from "../../../automation/report/mask";
import { SecretRegister } from "../../../automation/report/secret-register";

describe("masking", () => {
  const secret = 'ca"n\\ary/+ä 1234';

  for (const [form, text] of [
    ["as it is", secret],
    ["inside JSON", JSON.stringify({ password: secret })],
    ["inside a URL", `https://user:${encodeURIComponent(secret)}@example.com`],
    ["in base64", Buffer.from(secret).toString("base64")],
  ]) {
    it(`takes a secret out ${form}`, () => {
      const masked = masker([secret])(`before ${text} after`);
      assert.match(masked, /^before .*\[secret\].* after$/);
      for (const part of ["ary", encodeURIComponent(secret), Buffer.from(secret).toString("base64").slice(0, 12)]) {
        assert.ok(!masked.includes(part), masked);
      }
    });
  }

  it("takes each line of a key out, and not what its frame shares with others", () => {
    const key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END KEY-----";
    assert.equal(masker([key])("line 2 is MIIEvQIBADANBgkq."), "line 2 is [secret].");
  });

  it("leaves texts alone that are too short to be told from others", () => {
    assert.equal(masker(["a", "dev"])("a dev stack"), "a dev stack");
  });

  it("masks all texts of plain data, and none of any secret is left", () => {
    const secrets = fc.array(fc.string({ minLength: 4, maxLength: 20 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(secrets, fc.jsonValue(), (known, value) => {
        const data = { value, list: known, [known[0] ?? ""]: { deep: `x${known.join("y")}z` } };
        const texts: string[] = [];
        JSON.stringify(maskedCopy(data, masker(known)), (key, inner: unknown) => {
          texts.push(key, typeof inner === "string" ? inner : "");
          return inner;
        });
        // The mask itself may be a part of what somebody calls a secret.
        const left = texts.map((text) => text.replaceAll("[secret]", "\n"));
        for (const text of left) for (const one of known) if (!"[secret]".includes(one)) assert.ok(!text.includes(one));
      }),
      { numRuns: 200 },
    );
  });

  it("knows which environment variables are secrets by their names", () => {
    assert.deepEqual(
      environmentSecrets({
        GITHUB_TOKEN: "ghs_16C7e42F292c6912E7",
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: "eyJ0eXAiOiJKV1Qi",
        ACTIONS_ID_TOKEN_REQUEST_URL: "https://pipelines.example/idtoken",
        AWS_WEB_IDENTITY_TOKEN_FILE: "/run/token-of-aws",
        AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
        AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG",
        PULUMI_CONFIG_PASSPHRASE: "correct horse battery",
        PULUMI_CONFIG_PASSPHRASE_FILE: "/run/passphrase",
        ARM_CLIENT_SECRET: "0123456789",
        ARM_CLIENT_ID: "11111111-2222",
        SHORT_TOKEN: "abc",
        HOME: "/home/runner-0123",
      }),
      ["ghs_16C7e42F292c6912E7", "eyJ0eXAiOiJKV1Qi", "wJalrXUtnFEMI/K7MDENG", "correct horse battery", "0123456789"],
    );
  });

  it("goes on masking what an earlier stack had when a later one is opened, and tells of each secret once", () => {
    const learned: string[] = [];
    const register = new SecretRegister();
    register.add(["first-secret", ""]);
    register.follow((text) => learned.push(text));
    register.add(["second-secret", "first-secret"]);
    assert.equal(register.mask("first-secret second-secret third"), "[secret] [secret] third");
    assert.deepEqual(learned, ["first-secret", "second-secret"]);
  });
});
