import assert from "node:assert/strict";
import { eventProperties } from "../../../../rehearsal/engine/events/event-values";
import { SecretFilter } from "../../../../rehearsal/engine/events/secret-filter";

describe("eventProperties", () => {
  it("copies nothing where there is nothing to hide", () => {
    const plain = { a: [{ b: null, c: true }], d: "short" };
    assert.equal(eventProperties(plain, new SecretFilter([])), plain);
  });

  it("leaves enormous texts out", () => {
    const long = "x".repeat(1024 * 1024);
    assert.deepEqual(eventProperties({ long, longer: [`${long}y`] }, new SecretFilter([])), {
      long,
      longer: ["<1048577 characters elided>"],
    });
  });
});

describe("SecretFilter", () => {
  it("masks every secret of three characters or more, the longest first", () => {
    const filter = new SecretFilter(["abc", "abcdef", "ab", "", "abc"]);
    assert.equal(filter.mask("abcdef abc ab abcabc"), "[secret] [secret] ab [secret][secret]");
  });
});
