import assert from "node:assert/strict";
import { BaseState, withoutMissing } from "../../../../rehearsal/engine/deployment/base-state";
import { stateOf, urns } from "./support/states";
import { urnOf } from "./support/thing-stack";

describe("the base state", () => {
  it("finds live and waiting resources of a URN", () => {
    const old = stateOf("a", { delete: true });
    const live = stateOf("a", { id: "a-2" });
    const base = new BaseState([live, old], []);
    assert.deepEqual([base.olds.get(live.urn), base.allOlds.get(live.urn)], [live, [live, old]]);
  });

  it("loses references to what a refresh did not find, and keeps its objects", () => {
    const a = stateOf("a");
    const b = stateOf("b", { dependencies: urns("a"), propertyDependencies: { x: urns("a"), y: [] }, parent: a.urn });
    const base = new BaseState([a, b], []);
    base.rebuild((resource) => (resource === a ? undefined : resource));
    assert.equal(base.resources[0], b);
    assert.deepEqual([b.dependencies, b.propertyDependencies, b.parent], [[], {}, undefined]);
  });

  it("copies only what has a reference to lose", () => {
    const a = stateOf("a");
    const b = stateOf("b", { replaceWith: urns("a", "x"), deletedWith: urnOf("x") });
    const [sameA, newB] = withoutMissing([a, b]);
    assert.equal(sameA, a);
    assert.deepEqual([newB!.replaceWith, newB!.deletedWith, b.deletedWith], [urns("a"), undefined, urnOf("x")]);
  });
});
