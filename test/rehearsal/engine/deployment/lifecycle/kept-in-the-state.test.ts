import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Thing, ThingStack, urnOf } from "../support/thing-stack";

describe("what the state says of a resource", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  it("what is tainted is replaced, and is no more", async () => {
    const program = async (): Promise<void> => void new Thing("a", { value: "1" });
    await stack.up(program);
    const deployment = await stack.deployment();
    deployment.resources!.find(({ urn }) => urn === urnOf("a"))!.taint = true;
    await stack.import(deployment);
    assert.deepEqual((await stack.up(program)).calls, ["create a", "delete a"]);
    assert.equal((await stack.resource("a")).taint, undefined);
    assert.deepEqual((await stack.up(program)).calls, []);
  });

  it("only what asks for it is refreshed before an update", async () => {
    const program = async (): Promise<void> => {
      new Thing("a", { value: "1" });
      new Thing("b", { value: "1" });
    };
    await stack.up(program);
    const deployment = await stack.deployment();
    deployment.resources!.find(({ urn }) => urn === urnOf("a"))!.refreshBeforeUpdate = true;
    await stack.import(deployment);
    stack.provider.cloud.set("a-1", { value: "drifted" });
    const run = await stack.up(program);
    assert.deepEqual([run.failure, run.calls], [undefined, ["read a", "update a"]]);
    assert.deepEqual((await stack.up(program)).calls, [], "the provider has not asked for it again");
  });

  it("the time that reading may take is kept in the state, and given to the provider", async () => {
    const asked: unknown[] = [];
    stack.provider.on("read", "a", ({ timeoutSeconds }: { timeoutSeconds?: number }, own) => {
      asked.push(timeoutSeconds);
      return own();
    });
    const customTimeouts = { create: "1m", read: "1m30s" };
    await stack.up(async () => void new Thing("a", {}, { customTimeouts }));
    await stack.refresh();
    assert.deepEqual((await stack.resource("a")).customTimeouts, { create: 60, read: 90 });
    assert.deepEqual(asked, [90]);
  });

  it("a transform's dependsOn counts beside one of the resource's own, and is dropped without", async () => {
    const program = async (): Promise<void> => {
      const first = new Thing("first");
      pulumi.runtime.registerResourceTransform(({ name, props, opts }) =>
        name === "first" ? undefined : { props, opts: { ...opts, dependsOn: first } },
      );
      const own = { transforms: [() => undefined] };
      new Thing("with", {}, own);
      new Thing("without");
    };
    await stack.up(program);
    const needs = async (name: string) => (await stack.resource(name)).dependencies ?? [];
    assert.deepEqual([await needs("with"), await needs("without")], [[urnOf("first")], []]);
  });
});
