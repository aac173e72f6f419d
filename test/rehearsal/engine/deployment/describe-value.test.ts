import assert from "node:assert/strict";
import { describeValue } from "../../../../rehearsal/engine/deployment/describe-value";
import { UNKNOWN, type PropertyValue } from "../../../../rehearsal/engine/values/property-value";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";

describe("a value in a message", () => {
  const cases: [string, PropertyValue | undefined, string][] = [
    ["text", "x", "{x}"],
    ["a number", 1.5, "{1.5}"],
    ["a list", ["x", 1, [true]], "{[{x} {1} {[{true}]}]}"],
    ["an object", { k: 1 }, '{{"k":1}}'],
    ["null", null, "{<nil>}"],
    ["nothing", undefined, "{<nil>}"],
    ["what is not known", UNKNOWN, "output<string>{}"],
    ["a secret", makeSecret("s"), "[secret]"],
    ["an object with a secret in it", { k: ["x", makeSecret("s")] }, "[secret]"],
  ];
  for (const [title, value, text] of cases) {
    it(`is ${text} for ${title}`, () => assert.equal(describeValue(value), text));
  }
});
