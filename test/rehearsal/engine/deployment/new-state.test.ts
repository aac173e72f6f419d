import assert from "node:assert/strict";
import { plainGoal } from "../../../../rehearsal/engine/deployment/goal";
import { compact, newState } from "../../../../rehearsal/engine/deployment/new-state";
import { stateOf } from "./support/states";
import { urnOf } from "./support/thing-stack";

describe("new states", () => {
  it("have what the goal says, the times of the old resource, and no empty fields", () => {
    const goal = { ...plainGoal("tst:index:Thing", "a", { x: 1 }), customTimeouts: { create: 5, delete: 0 } };
    const state = newState(goal, urnOf("a"), stateOf("a", { created: "then", refreshBeforeUpdate: true }), []);
    assert.deepEqual(state, {
      ...{ urn: urnOf("a"), custom: true, type: "tst:index:Thing", inputs: { x: 1 }, created: "then" },
      ...{ customTimeouts: { create: 5 }, refreshBeforeUpdate: true },
    });
  });

  it("keep custom where that is false, and drop what is empty", () => {
    const state = compact({ urn: "u", custom: false, type: "t", inputs: {}, protect: false, parent: "", taint: true });
    assert.deepEqual(state, { urn: "u", custom: false, type: "t", taint: true });
  });
});
