import assert from "node:assert/strict";
import { newManifest } from "../../../../rehearsal/engine/backend/manifest";
import { renameDeployment } from "../../../../rehearsal/engine/backend/rename-deployment";
import { stackReference } from "../../../../rehearsal/engine/backend/stack-reference";
import { SIGNATURE_KEY, SIGNATURES } from "../../../../rehearsal/engine/values/property-value";

describe("deployment of a renamed stack", () => {
  it("has no URN of the old stack left, wherever it stood, and those of other stacks untouched", () => {
    const urn = (name: string) => `urn:pulumi:dev::demo::a:b:C::${name}`;
    const other = "urn:pulumi:dev::other::a:b:C::x";
    const provider = `urn:pulumi:dev::demo::pulumi:providers:a::default::04da6b54`;
    const reference = { [SIGNATURE_KEY]: SIGNATURES.resource, urn: urn("r"), id: "1" };
    const resource = {
      urn: urn("a"),
      type: "a:b:C",
      custom: true,
      id: "urn:pulumi:dev::demo::looks::like",
      parent: "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev",
      provider,
      dependencies: [urn("b"), other],
      propertyDependencies: { k: [urn("b")] },
      aliases: [urn("old")],
      deletedWith: urn("b"),
      replaceWith: [urn("b")],
      viewOf: urn("b"),
      inputs: { list: [reference], text: urn("b") },
      outputs: { deep: { reference } },
    };
    const before = {
      manifest: newManifest(),
      resources: [resource],
      pending_operations: [{ type: "creating" as const, resource }],
    };
    const after = renameDeployment(before, stackReference("demo", "dev"), stackReference("demo", "prod"));
    const [renamed] = after.resources ?? [];
    assert.equal(renamed?.parent, "urn:pulumi:prod::demo::pulumi:pulumi:Stack::demo-prod");
    assert.equal(renamed?.provider, "urn:pulumi:prod::demo::pulumi:providers:a::default::04da6b54");
    assert.equal(renamed?.id, resource.id, "an id is the provider's");
    assert.equal(renamed?.inputs?.["text"], urn("b"), "a text is the program's");
    const rest = JSON.stringify({ ...renamed, id: "", inputs: { list: renamed?.inputs?.["list"] } });
    assert.ok(!rest.includes("pulumi:dev::demo"), rest);
    assert.ok(rest.includes(other));
    assert.deepEqual(after.pending_operations?.[0]?.resource, renamed);
    assert.equal(before.resources[0]?.urn, urn("a"), "the deployment itself stays as it was");
  });
});
