import assert from "node:assert/strict";
import { featuresOf } from "../../../../rehearsal/engine/backend/deployment-features";
import { newManifest } from "../../../../rehearsal/engine/backend/manifest";
import { stateOf } from "../deployment/support/states";

describe("the features that a deployment needs its reader to know", () => {
  const needed: [Record<string, unknown>, string[]][] = [
    [{}, []],
    [{ refreshBeforeUpdate: true }, ["refreshBeforeUpdate"]],
    [{ viewOf: "urn:a" }, ["views"]],
    [{ resourceHooks: { beforeCreate: ["h"] } }, ["hooks"]],
    [{ resourceHooks: {}, replaceWith: [] }, []],
    [{ taint: true }, ["taint"]],
    [{ replaceWith: ["urn:a"] }, ["replaceWith"]],
    [{ extensionRef: "x" }, ["extensionParameterization"]],
    [{ snippetID: "x" }, ["snippets-prototype"]],
    [{ taint: true, viewOf: "urn:a" }, ["taint", "views"]],
  ];
  for (const [fields, features] of needed) {
    it(`are ${JSON.stringify(features)} for a resource with ${JSON.stringify(fields)}`, () =>
      assert.deepEqual(featuresOf({ manifest: newManifest(), resources: [stateOf("a", fields)] }), features));
  }

  it("stay what they were where nothing in the resources shows them", () =>
    assert.deepEqual(featuresOf({ manifest: newManifest() }, ["byteString", "taint", "snippets-prototype"]), [
      "byteString",
      "snippets-prototype",
    ]));
});
