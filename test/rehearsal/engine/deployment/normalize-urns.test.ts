import assert from "node:assert/strict";
import { normalizeUrns } from "../../../../rehearsal/engine/deployment/normalize-urns";
import { stateOf, urns } from "./support/states";
import { urnOf } from "./support/thing-stack";

describe("former URNs in a state", () => {
  it("are replaced in every reference, and children of a renamed parent follow", () => {
    const p = { urn: urnOf("new", "pulumi:providers:tst"), type: "pulumi:providers:tst", custom: true, id: "1" };
    const aliased = { ...p, aliases: [urnOf("old", "pulumi:providers:tst")] };
    const a = stateOf("a2", { aliases: urns("a"), provider: `${urnOf("old", "pulumi:providers:tst")}::1` });
    const b = stateOf("b", {
      ...{ dependencies: urns("a"), propertyDependencies: { x: urns("a") }, deletedWith: urnOf("a") },
      ...{ replaceWith: urns("a"), parent: urnOf("a"), urn: urnOf("b", "tst:index:Thing$tst:index:Thing") },
    });
    const [, first, second] = normalizeUrns([aliased, a, b]);
    assert.deepEqual([first!.aliases, first!.provider], [undefined, `${p.urn}::1`]);
    const { dependencies, propertyDependencies, deletedWith, replaceWith, parent } = second!;
    assert.deepEqual([dependencies, propertyDependencies, replaceWith], [urns("a2"), { x: urns("a2") }, urns("a2")]);
    assert.deepEqual([deletedWith, parent], [urnOf("a2"), urnOf("a2")]);
  });

  it("leave a state without any as it is", () => {
    const states = [stateOf("a"), stateOf("b", { parent: urnOf("a") })];
    assert.ok(normalizeUrns(states).every((state, i) => state === states[i]));
  });
});
