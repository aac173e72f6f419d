import assert from "node:assert/strict";
import { diffResource, invertDiff } from "../../../../rehearsal/engine/deployment/resource-diff";
import type { DiffResult } from "../../../../rehearsal/engine/provider/provider";
import type { PropertyMap } from "../../../../rehearsal/engine/values/property-value";
import { testDeployment } from "./support/states";
import { urnOf } from "./support/thing-stack";

describe("differences", () => {
  const request = (oldInputs: PropertyMap, newInputs: PropertyMap, ignoreChanges: string[] = []) => ({
    ...{ urn: urnOf("a"), type: "tst:index:Thing", name: "a", id: "a-1", oldOutputs: {} },
    ...{ oldInputs, newInputs, ignoreChanges },
  });
  const unknown = { diff: async (): Promise<DiffResult> => ({ changes: "unknown" }) };

  it("are found among the inputs where the provider cannot tell", async () => {
    const { deployment } = testDeployment(unknown);
    const diff = (olds: PropertyMap, news: PropertyMap, ignored?: string[]): Promise<DiffResult> =>
      diffResource(deployment, unknown as never, request(olds, news, ignored));
    assert.equal((await diff({ a: 1 }, { a: 1 })).changes, "none");
    assert.equal((await diff({ a: 1 }, { a: 2 }, ["a"])).changes, "none");
    const found = await diff({ a: 1, gone: 1 }, { a: 2, more: 1 });
    assert.deepEqual([found.changes, found.changedKeys], ["some", ["a", "gone", "more"]]);
    assert.deepEqual(found.detailedDiff?.gone, { kind: "delete", inputDiff: true });
  });

  it("are turned round", () => {
    const kinds = ["add", "delete", "update", "add-replace", "delete-replace", "update-replace"] as const;
    const detailedDiff = Object.fromEntries(kinds.map((kind) => [kind, { kind, inputDiff: true }]));
    const inverted = invertDiff({ changes: "some", detailedDiff }).detailedDiff!;
    assert.deepEqual([inverted.add!.kind, inverted["delete-replace"]!.kind], ["delete", "add-replace"]);
    assert.deepEqual(invertDiff({ changes: "some", detailedDiff: inverted }).detailedDiff, detailedDiff);
    assert.deepEqual(invertDiff({ changes: "none" }), { changes: "none" });
  });
});
