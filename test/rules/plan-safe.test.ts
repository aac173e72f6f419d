import assert from "node:assert/strict";
import { Role } from "@pulumi/aws/iam/role";
import { ComponentResource } from "@pulumi/pulumi";
import { lookups } from "../support/component-fixtures";
import { componentCases } from "../support/exported-components";
import { recordResources, type Registration } from "../support/record-resources";

/** What `build` registers in a preview of resources that do not exist yet, and what in an update. */
async function bothRuns(build: () => ComponentResource) {
  const preview = await recordResources(build, { preview: true, lookups });
  const update = await recordResources(build, { lookups });
  return { preview: preview.registrations.map(identity).sort(), update: update.registrations.map(identity).sort() };
}

function identity({ type, name, parent, protect, retainOnDelete }: Registration): string {
  return JSON.stringify({ type, name, parent, protect, retainOnDelete });
}

class RegistersInApply extends ComponentResource {
  constructor() {
    super("test:rules:RegistersInApply", "bad");
    const first = new Role("first", { assumeRolePolicy: "{}" }, { parent: this });
    first.arn.apply((arn) => new Role("second", { assumeRolePolicy: arn }, { parent: this }));
    this.registerOutputs({});
  }
}

describe("every component registers in a preview what it registers in an update", () => {
  for (const { title, build } of componentCases()) {
    it(title, async () => {
      const { preview, update } = await bothRuns(build);
      assert.deepEqual(preview, update);
    });
  }

  it("fails for a component that registers a resource in apply", async () => {
    const { preview, update } = await bothRuns(() => new RegistersInApply());
    assert.equal(preview.length, 2);
    assert.equal(update.length, 3);
  });
});
