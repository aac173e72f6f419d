import assert from "node:assert/strict";
import fc from "fast-check";
import { masker } from "../../../automation/report/mask";
import { maskedOutputs, renderOutputs } from "../../../automation/report/render-outputs";

describe("outputs", () => {
  it("are printed in order, secrets masked whatever their form", () => {
    const outputs = {
      url: { value: "s3://state", secret: false },
      key: { value: { nested: "hidden" }, secret: true },
      count: { value: 2, secret: false },
    };
    assert.deepEqual(renderOutputs(outputs), ["count: 2", 'key: "[secret]"', "url: s3://state"]);
    assert.ok(!JSON.stringify(maskedOutputs(outputs)).includes("hidden"));
  });

  it("are said to be none", () => assert.deepEqual(renderOutputs({}), ["(none)"]));
});

describe("the mask", () => {
  it("leaves no secret of at least four characters in any text", () => {
    const secret = fc.stringMatching(/^[a-z0-9]{4,12}$/).filter((text) => !"[secret]".includes(text));
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1 }), fc.array(fc.string()), (secrets, texts) => {
        const masked = masker(secrets)(secrets.flatMap((one, index) => [texts[index] ?? " ", one, " "]).join(""));
        return secrets.every((one) => !masked.includes(one));
      }),
    );
  });

  it("takes the longer of two that overlap", () => assert.equal(masker(["abcd", "abcdef"])("abcdef"), "[secret]"));
});
