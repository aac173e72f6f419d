import assert from "node:assert/strict";
import { Group, Thing, ThingProviderResource, ThingStack, urnOf } from "../support/thing-stack";
import { registerRaw } from "../support/raw-requests";

describe("what a child takes over from its parent", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  const child = urnOf("child", "app:index:Group$tst:index:Thing");
  const providerOf = async (name: string): Promise<string | undefined> =>
    (await stack.resource(name)).provider?.split("::")[3];

  it("is its protection, its retention, and with what it is deleted", async () => {
    const run = await stack.up(async () => {
      const base = new Thing("base");
      const opts = { protect: true, retainOnDelete: true, deletedWith: base };
      new Group("g", (self) => void new Thing("child", {}, { parent: self }), opts);
    });
    assert.equal(run.failure, undefined);
    const { protect, retainOnDelete, deletedWith } = await stack.resource("child");
    assert.deepEqual([protect, retainOnDelete, deletedWith], [true, true, urnOf("base")]);
  });

  it("is overridden by what the child says itself", async () => {
    await stack.up(async () => {
      const [base, other] = [new Thing("base"), new Thing("other")];
      const opts = { protect: true, retainOnDelete: true, deletedWith: base };
      const own = { protect: false, retainOnDelete: false, deletedWith: other };
      new Group("g", (self) => void new Thing("child", {}, { parent: self, ...own }), opts);
    });
    const { protect, retainOnDelete, deletedWith } = await stack.resource("child");
    assert.deepEqual([protect ?? false, retainOnDelete ?? false, deletedWith], [false, false, urnOf("other")]);
  });

  it("are the providers of its components, through those that name none", async () => {
    const run = await stack.up(async () => {
      const provider = new ThingProviderResource("p", { region: "1" });
      const inner = (self: Group): void => void new Thing("child", {}, { parent: self });
      new Group("g", (self) => void new Group("h", inner, { parent: self }), { providers: { tst: provider } });
      new Thing("beside");
    });
    assert.equal(run.failure, undefined);
    assert.deepEqual([await providerOf("child"), isDefault(await providerOf("beside"))], ["p", true]);
  });

  it("is the same where the SDK leaves it to the engine", async () => {
    const run = await stack.up(async () => {
      const provider = await registerRaw({ name: "p", type: "pulumi:providers:tst", properties: { region: "1" } });
      const reference = `${provider.getUrn()}::${provider.getId()}`;
      const group = await registerRaw({
        name: "g",
        type: "app:index:Group",
        custom: false,
        more: (request) => {
          request.setProtect(true);
          request.getProvidersMap().set("tst", reference);
        },
      });
      const inner = await registerRaw({ name: "h", type: "app:index:Group", custom: false, parent: group.getUrn() });
      const thing = await registerRaw({ name: "child", parent: inner.getUrn() });
      await registerRaw({ name: "grandchild", parent: thing.getUrn() });
      await registerRaw({ name: "component", type: "app:index:Group", custom: false, parent: thing.getUrn() });
    });
    assert.equal(run.failure, undefined);
    assert.deepEqual([await providerOf("child"), await providerOf("grandchild")], ["p", "p"]);
    assert.equal((await stack.resource("grandchild")).protect, true);
  });

  it("keeps the child where the parent is renamed, and follows the names that its own had", async () => {
    await stack.up(async () => {
      new Group("g", (self) => {
        new Thing("g-child", {}, { parent: self });
        new Thing("former", {}, { parent: self });
      });
    });
    const run = await stack.up(async () => {
      new Group(
        "h",
        (self) => {
          new Thing("h-child", {}, { parent: self });
          new Thing("now", {}, { parent: self, aliases: [{ name: "former" }] });
        },
        { aliases: [{ name: "g" }] },
      );
    });
    assert.deepEqual([run.failure, run.calls], [undefined, []]);
    assert.deepEqual(await stack.names(), ["h", "h-child", "now"]);
  });

  it("does not reach a child that is registered for a parent which is not there", async () => {
    await assert.rejects(
      stack
        .up(async () => void (await registerRaw({ name: "child", parent: child })))
        .then((run) => {
          if (run.failure) throw new Error(run.failure);
        }),
      /could not find parent resource/,
    );
    assert.deepEqual(await stack.names(), []);
  });
});

function isDefault(name: string | undefined): boolean {
  return name?.startsWith("default") ?? false;
}
