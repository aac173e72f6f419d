import assert from "node:assert/strict";
import { scheduleDeletes } from "../../../../rehearsal/engine/deployment/delete-schedule";
import { DependencyGraph } from "../../../../rehearsal/engine/deployment/dependency-graph";
import { DeleteStep } from "../../../../rehearsal/engine/deployment/steps/delete-step";
import { stateOf, testDeployment, urns } from "./support/states";
import { urnOf } from "./support/thing-stack";

describe("the dependency graph", () => {
  const parent = { urn: urnOf("g", "app:index:Group"), type: "app:index:Group", custom: false };
  const plain = (name: string, more = {}) => stateOf(name, { provider: undefined, ...more });
  const a = plain("a");
  const child = plain("child", { parent: parent.urn });
  const b = plain("b", { dependencies: urns("a") });
  const c = plain("c", { propertyDependencies: { x: urns("b") }, deletedWith: urnOf("a") });
  const d = plain("d", { dependencies: [parent.urn], replaceWith: urns("c") });
  const graph = new DependencyGraph([a, parent, child, b, c, d]);
  const namesOf = (states: Iterable<{ urn: string }>): string[] => [...states].map(({ urn }) => urn.split("::")[3]!);

  it("knows who needs a resource, with children where asked", () => {
    assert.deepEqual(namesOf(graph.dependingOn(a, () => false, false)), ["b", "c", "d"]);
    assert.deepEqual(namesOf(graph.dependingOn(a, (urn) => urn === b.urn, false)), ["c", "d"]);
    assert.deepEqual(namesOf(graph.dependingOn(parent, () => false, false)), ["d"]);
    assert.deepEqual(namesOf(graph.dependingOn(parent, () => false, true)), ["child", "d"]);
  });

  it("knows what a resource needs, and what is inside components that it needs", () => {
    assert.deepEqual(namesOf(graph.dependenciesOf(d)).sort(), ["c", "child", "g"]);
    assert.deepEqual(namesOf(graph.dependenciesOf(child)), ["g"]);
    assert.deepEqual(namesOf(graph.transitiveDependenciesOf(d)).sort(), ["a", "b", "c", "g"]);
  });

  it("takes another object for one of its resources, and refuses strangers", () => {
    const refreshed = { ...a };
    assert.equal(graph.contains(refreshed), false);
    assert.throws(() => graph.dependenciesOf(refreshed), /is not in the dependency graph/);
    graph.alias(refreshed, a);
    assert.equal(graph.dependingOn(refreshed, () => false, false).length, 3);
  });

  it("puts deletions into groups, dependents first", () => {
    const { deployment } = testDeployment({});
    const steps = [a, parent, child, b, c, d].map((state) => new DeleteStep(deployment, state, "delete", new Set()));
    const groups = scheduleDeletes(steps, new DependencyGraph([a, parent, child, b, c, d]));
    assert.deepEqual(
      groups.map((group) => namesOf(group).sort()),
      [["d"], ["c"], ["b", "child"], ["a", "g"]],
    );
    assert.deepEqual(scheduleDeletes([], graph), []);
  });
});
