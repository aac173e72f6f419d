import assert from "node:assert/strict";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { registerRaw, type RawResource } from "../support/raw-requests";
import { ThingStack, urnOf } from "../support/thing-stack";

describe("requests that no SDK makes", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  const group = urnOf("g", "app:index:Group");
  const refusals: readonly [what: string, resources: readonly RawResource[], message: RegExp, left: string[]][] = [
    [
      "a resource that is its own parent",
      [{ name: "g", type: "app:index:Group", custom: false, parent: group }],
      /^could not find parent resource .*::g$/,
      [],
    ],
    [
      "two resources that depend on each other",
      [
        { name: "a", more: (request) => request.setDependenciesList([urnOf("b")]) },
        { name: "b", more: (request) => request.setDependenciesList([urnOf("a")]) },
      ],
      /^could not find dependency .*::b of resource .*::a: expected a resource/,
      [],
    ],
    [
      "a resource that depends on itself",
      [{ name: "a", more: (request) => request.setDependenciesList([urnOf("a")]) }],
      /^could not find dependency .*::a of resource .*::a: /,
      [],
    ],
    [
      "a property that comes from a resource which does not exist",
      [
        { name: "b" },
        {
          name: "a",
          properties: { value: "1" },
          more: (request) => {
            const dependencies = new RegisterResourceRequest.PropertyDependencies();
            dependencies.setUrnsList([urnOf("x")]);
            request.getPropertydependenciesMap().set("value", dependencies);
          },
        },
      ],
      /^could not find (property )?dependency .*::x of resource .*::a: /,
      ["b"],
    ],
    [
      "a resource that is deleted with one which does not exist",
      [{ name: "a", more: (request) => request.setDeletedwith(urnOf("x")) }],
      /^could not find deletedWith .*::x of resource .*::a: /,
      [],
    ],
    [
      "a resource that is replaced with itself",
      [{ name: "a", more: (request) => request.setReplaceWithList([urnOf("a")]) }],
      /^could not find replaceWith .*::a of resource .*::a: /,
      [],
    ],
    [
      "a provider that nobody registered",
      [{ name: "a", more: (request) => request.setProvider(`${urnOf("p", "pulumi:providers:tst")}::1`) }],
      /^unknown provider '.*::p::1' for resource '.*::a'$/,
      [],
    ],
    ["a provider that is no reference", [{ name: "a", more: (request) => request.setProvider("p") }], /"?p"?/, []],
  ];
  for (const [what, resources, message, left] of refusals) {
    it(`refuses ${what} with one clear message`, async () => {
      const run = await stack.up(async () => {
        for (const resource of resources) await registerRaw(resource);
      });
      assert.notEqual(run.failure, undefined);
      const told = run.messages.filter((text) => message.test(text.replace(/^error: /, "")));
      assert.equal(told.length, 1, run.messages.join("\n---\n"));
      assert.deepEqual(await stack.names(), left);
    });
  }
});

describe("a component with ignoreChanges", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  const program = (size: string, color: string) => async () =>
    void (await registerRaw({
      name: "g",
      type: "app:index:Group",
      custom: false,
      properties: { size, color },
      more: (request) => request.setIgnorechangesList(["size"]),
    }));

  it("stays the same, with what the program says in the state", async () => {
    await stack.up(program("1", "red"));
    const ignored = await stack.up(program("2", "red"));
    assert.deepEqual([ignored.failure, ignored.steps], [undefined, ["same g"]]);
    assert.deepEqual((await stack.resource("g")).inputs, { size: "2", color: "red" });
    const changed = await stack.up(program("3", "blue"));
    assert.deepEqual([changed.failure, changed.steps], [undefined, ["update g"]]);
    assert.deepEqual((await stack.resource("g")).inputs, { size: "3", color: "blue" });
  });
});
