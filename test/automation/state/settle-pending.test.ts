import assert from "node:assert/strict";
import { runOperation } from "../../../automation/stack/run-operation";
import { settlePendingCreations } from "../../../automation/state/settle-pending";
import { PulumiStandIn, type CliResource, type CliWorld } from "../../support/pulumi-stand-in";
import { verbDeps } from "../../support/verb-deps";

const urn = (type: string, name: string) => `urn:pulumi:dev::app::${type}::${name}`;
const custom = (type: string, name: string, over: Partial<CliResource> = {}): CliResource => ({
  ...{ urn: urn(type, name), type, custom: true },
  ...over,
});

const ROOT: CliResource = { urn: urn("pulumi:pulumi:Stack", "app-dev"), type: "pulumi:pulumi:Stack" };
const OTHER = custom("aws:s3/bucket:Bucket", "other", { id: "acme-other", inputs: { bucket: "acme-other" } });
const BUCKET = custom("aws:s3/bucket:Bucket", "bucket", { inputs: { bucket: "acme-data", tags: { a: "1" } } });
const KEY = custom("aws:kms/key:Key", "key", { inputs: { description: "of the data" } });

describe("creations that a killed CLI has left pending", function () {
  this.timeout(120_000);
  let cli: PulumiStandIn | undefined;
  afterEach(() => {
    cli?.remove();
    cli = undefined;
  });

  /** Refreshes and settles a stack on the stand-in; answers what became of its world. */
  async function settle(world: Partial<CliWorld>): Promise<CliWorld> {
    cli = new PulumiStandIn(world);
    const stack = await cli.stack();
    const refresh = () => runOperation(stack, "refresh", verbDeps());
    assert.equal((await refresh()).result, "succeeded");
    await settlePendingCreations(stack, refresh);
    return cli.world;
  }
  const pending = (...resources: CliResource[]) => resources.map((resource) => ({ type: "creating", resource }));
  const imports = () => cli?.calls.filter((call) => call.startsWith("stack import")).length;
  const CLOUD = { "acme-other": { bucket: "acme-other" } };

  it("survive the CLI's own refresh", async () => {
    cli = new PulumiStandIn({ state: { resources: [ROOT], pending_operations: pending(KEY) } });
    await runOperation(await cli.stack(), "refresh", verbDeps());
    assert.equal(cli.world.state.pending_operations?.length, 1);
  });

  it("come into the state, with the id that they must have, where they are there", async () => {
    const state = { resources: [ROOT, OTHER], pending_operations: pending(BUCKET) };
    const found = { bucket: "acme-data", tags: { a: "1" } };
    const world = await settle({ state, cloud: { ...CLOUD, "acme-data": found } });
    assert.deepEqual(
      world.state.resources.map(({ urn: one, id }) => [one, id]),
      [
        [ROOT.urn, undefined],
        [OTHER.urn, "acme-other"],
        [BUCKET.urn, "acme-data"],
      ],
    );
    assert.equal(world.state.pending_operations, undefined);
    assert.equal(imports(), 1);
  });

  it("are forgotten where the vendor says that they are not there", async () => {
    const world = await settle({
      state: { resources: [ROOT, OTHER], pending_operations: pending(BUCKET) },
      cloud: CLOUD,
    });
    assert.deepEqual(
      world.state.resources.map(({ urn: one }) => one),
      [ROOT.urn, OTHER.urn],
    );
    assert.equal(world.state.pending_operations, undefined);
  });

  it("leave what they were to replace to be deleted", async () => {
    const old = { ...BUCKET, id: "acme-old", inputs: { bucket: "acme-old" } };
    const cloud = { "acme-old": { bucket: "acme-old" }, "acme-data": { bucket: "acme-data", tags: { a: "1" } } };
    const world = await settle({ state: { resources: [ROOT, old], pending_operations: pending(BUCKET) }, cloud });
    assert.deepEqual(
      world.state.resources.slice(1).map((one) => [one.id, one.delete ?? false]),
      [
        ["acme-old", true],
        ["acme-data", false],
      ],
    );
  });

  it("are none where no creation is pending, and nothing is imported", async () => {
    const update = [{ type: "updating", resource: OTHER }];
    await settle({ state: { resources: [ROOT, OTHER], pending_operations: update }, cloud: CLOUD });
    assert.equal(imports(), 0);
  });

  it("fail before anything is changed where the vendor makes the id of one of them", async () => {
    const state = { resources: [ROOT], pending_operations: pending(BUCKET, KEY) };
    await assert.rejects(settle({ state }), (fault: Error & { code?: string; hint?: string }) => {
      assert.deepEqual(
        [fault.code, fault.message.includes(KEY.urn), fault.message.includes(BUCKET.urn)],
        ["refused", true, false],
      );
      assert.match(fault.hint ?? "", /pulumi refresh --import-pending-creates .*--clear-pending-creates/);
      return true;
    });
    assert.equal(imports(), 0);
    assert.equal(cli?.world.state.pending_operations?.length, 2);
  });

  it("fail, and leave the state without it, where what has the id was not made by them", async () => {
    const cloud = { ...CLOUD, "acme-data": { bucket: "acme-data", tags: { owner: "somebody else" } } };
    const state = { resources: [ROOT, OTHER], pending_operations: pending(BUCKET) };
    await assert.rejects(settle({ state, cloud }), /was not made by them: urn:.*::bucket$/);
    assert.deepEqual(
      cli?.world.state.resources.map(({ urn: one }) => one),
      [ROOT.urn, OTHER.urn],
    );
  });

  it("fail and can be looked for again where the refresh that looks for them fails", async () => {
    cli = new PulumiStandIn({ state: { resources: [ROOT], pending_operations: pending(BUCKET) } });
    const stack = await cli.stack();
    const refresh = () => runOperation(stack, "refresh", verbDeps());
    cli.world = { ...cli.world, fault: "the credentials have expired" };
    await assert.rejects(settlePendingCreations(stack, refresh), /looks for interrupted creations failed: .*expired/s);
    // It is in the state with its id: the next refresh looks for it.
    assert.deepEqual(cli.world.state.resources.at(-1)?.id, "acme-data");
  });
});
