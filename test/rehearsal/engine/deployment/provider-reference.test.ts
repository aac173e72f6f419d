import assert from "node:assert/strict";
import {
  denyDefaultProvider,
  formatProviderReference,
  isDeniedDefaultProvider,
  parseProviderReference,
} from "../../../../rehearsal/engine/deployment/provider-reference";
import { urnOf } from "./support/thing-stack";

describe("provider references", () => {
  it("are read as they are written", () => {
    const reference = { urn: urnOf("p", "pulumi:providers:tst"), id: "x" };
    assert.deepEqual(parseProviderReference(formatProviderReference(reference)), reference);
    for (const text of ["", "x", "urn:pulumi:x", "x::y"]) assert.throws(() => parseProviderReference(text), /invalid/);
  });

  it("tell a forbidden default provider", () => {
    assert.equal(isDeniedDefaultProvider(denyDefaultProvider("aws")), true);
    assert.equal(isDeniedDefaultProvider({ urn: urnOf("p", "pulumi:providers:tst"), id: "x" }), false);
  });
});
