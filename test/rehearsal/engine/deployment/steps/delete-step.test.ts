import assert from "node:assert/strict";
import type { ResourceProvider } from "../../../../../rehearsal/engine/deployment/provider-instance";
import { DeleteStep, ProtectedError } from "../../../../../rehearsal/engine/deployment/steps/delete-step";
import type { ResourceState } from "../../../../../rehearsal/engine/state/deployment-file";
import { stateOf, testDeployment } from "../support/states";

const refuse = () => Promise.reject(new Error("refused"));
const make = (provider: Partial<ResourceProvider>, dryRun = false) => testDeployment(provider, { dryRun }).deployment;

describe("steps that delete", () => {
  const table: readonly [
    string,
    Partial<ResourceState>,
    "delete" | "replaced" | "before-replacement",
    boolean,
    string,
  ][] = [
    ["a managed resource", {}, "delete", true, "delete"],
    ["a retained one", { retainOnDelete: true }, "delete", false, "delete"],
    ["one that is only read", { external: true }, "delete", false, "discard"],
    ["a replaced one that was only read", { external: true }, "replaced", false, "discard-replaced"],
    ["one that goes with another", { deletedWith: "gone" }, "delete", false, "delete"],
    ["one whose companion stays", { deletedWith: "stays" }, "delete", true, "delete"],
    ["a component", { custom: false }, "delete", false, "delete"],
    ["a protected one that is replaced", { protect: true }, "replaced", true, "delete-replaced"],
    ["one that makes room", {}, "before-replacement", true, "delete-replaced"],
  ];
  for (const [title, more, kind, asks, op] of table) {
    it(`${asks ? "ask" : "do not ask"} the provider to delete ${title}`, async () => {
      let asked = 0;
      const old = stateOf("a", more);
      const remove = async (): Promise<void> => void asked++;
      const step = new DeleteStep(make({ delete: remove }), old, kind, new Set(["gone"]));
      assert.deepEqual([(await step.apply()).error, asked > 0, step.op], [undefined, asks, op]);
      assert.equal(old.pendingReplacement, kind === "before-replacement" ? true : undefined);
      await new DeleteStep(make({ delete: refuse }, true), stateOf("a", more), kind, new Set()).apply();
    });
  }

  it("refuse a protected resource, and pass on what the provider says", async () => {
    const step = (more: object) => new DeleteStep(make({ delete: refuse }), stateOf("a", more), "delete", new Set());
    assert.ok((await step({ protect: true }).apply()).error instanceof ProtectedError);
    const failed = await step({}).apply();
    assert.deepEqual([failed.status, failed.error?.message], ["unknown", "refused"]);
    step({}).fail();
    step({}).skip();
  });
});
