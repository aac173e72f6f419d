import assert from "node:assert/strict";
import { Role } from "@pulumi/aws/iam/role";
import { ComponentResource } from "@pulumi/pulumi";
import { lookups } from "../support/component-fixtures";
import { componentCases } from "../support/exported-components";
import { recordResources, type Registration, valueOf } from "../support/record-resources";

/** The resources that `build` registers outside its component, or whose URN lacks the type of their parent. */
async function strays(build: () => ComponentResource): Promise<string[]> {
  const { result, registrations } = await recordResources(build, { lookups });
  const component = await valueOf(result.urn);
  const byUrn = new Map(registrations.map((registration) => [registration.urn, registration]));
  return registrations
    .filter((registration) => !isFixtureProvider(registration))
    .filter(
      ({ urn, type, parent }) =>
        !ancestors(urn, byUrn).includes(component) ||
        (urn !== component && !urn.includes(`${byUrn.get(parent)?.type}$${type}::`)),
    )
    .map(({ name }) => name);
}

// Fixtures hand in these providers from outside, as users of a component do.
function isFixtureProvider({ type, name }: Registration): boolean {
  return type === `pulumi:providers:${name}`;
}

function ancestors(urn: string, byUrn: ReadonlyMap<string, Registration>): string[] {
  const registration = byUrn.get(urn);
  return registration === undefined ? [] : [urn, ...ancestors(registration.parent, byUrn)];
}

class ForgetsParent extends ComponentResource {
  constructor() {
    super("test:rules:ForgetsParent", "bad");
    new Role("stray", { assumeRolePolicy: "{}" });
    new Role("child", { assumeRolePolicy: "{}" }, { parent: this });
    this.registerOutputs({});
  }
}

describe("every resource of a component lies below the component", () => {
  for (const { title, build } of componentCases()) {
    it(title, async () => {
      assert.deepEqual(await strays(build), []);
    });
  }

  it("fails for a component that forgets a parent", async () => {
    assert.deepEqual(await strays(() => new ForgetsParent()), ["stray"]);
  });
});
