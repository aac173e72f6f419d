import assert from "node:assert/strict";
import { UrnTargets } from "../../../../rehearsal/engine/deployment/urn-targets";
import { urnOf } from "./support/thing-stack";

describe("targets", () => {
  const table: readonly [readonly string[], string, boolean][] = [
    [[], urnOf("a"), true],
    [[urnOf("a")], urnOf("a"), true],
    [[urnOf("a")], urnOf("b"), false],
    [["**a"], urnOf("a"), true],
    [["urn:pulumi:*::demo::*::a"], urnOf("a"), false],
    [["urn:pulumi:*::demo::**::a"], urnOf("a"), true],
    [["urn:pulumi:dev::demo::tst:*:Thing::*"], urnOf("a"), true],
    [["**.a"], urnOf("xa"), false],
  ];
  for (const [patterns, urn, expected] of table) {
    it(`[${patterns.join()}] ${expected ? "hold" : "do not hold"} ${urn}`, () => {
      assert.equal(new UrnTargets(patterns).contains(urn), expected);
      assert.equal(new UrnTargets(patterns).clone().contains(urn), expected);
    });
  }

  it("grow only where there are some", () => {
    const none = new UrnTargets([]);
    none.add(urnOf("a"));
    const some = new UrnTargets([urnOf("a"), "**b"]);
    some.clone().add(urnOf("c"));
    assert.deepEqual([none.constrained, some.constrained, some.exact], [false, true, [urnOf("a")]]);
    some.add(urnOf("c"));
    assert.ok(some.contains(urnOf("c")));
  });
});
