import assert from "node:assert/strict";
import { ComponentResource } from "@pulumi/pulumi";
import { lookups } from "../support/component-fixtures";
import { componentCases } from "../support/exported-components";
import { recordResources } from "../support/record-resources";

const prototype = ComponentResource.prototype as unknown as {
  registerOutputs: (this: object, outputs?: object) => void;
};

class ForgetsOutputs extends ComponentResource {
  constructor() {
    super("test:rules:ForgetsOutputs", "bad");
  }
}

describe("every component registers its outputs itself", () => {
  const original = prototype.registerOutputs;
  let calls: { component: object; outputs: object }[] = [];

  before(() => {
    prototype.registerOutputs = function (this: object, outputs?: object) {
      // A call without outputs is the SDK's own, for components that make none.
      if (outputs !== undefined) {
        calls.push({ component: this, outputs });
      }
      original.call(this, outputs);
    };
  });
  after(() => {
    prototype.registerOutputs = original;
  });

  async function registeredOutputs(build: () => ComponentResource): Promise<string[][]> {
    calls = [];
    const { result } = await recordResources(build, { lookups });
    return calls.filter(({ component }) => component === result).map(({ outputs }) => Object.keys(outputs));
  }

  for (const { title, build } of componentCases()) {
    it(title, async () => {
      const [outputs = [], ...more] = await registeredOutputs(build);
      assert.notDeepEqual(outputs, []);
      assert.deepEqual(more, []);
    });
  }

  it("fails for a component that registers none", async () => {
    assert.deepEqual(await registeredOutputs(() => new ForgetsOutputs()), []);
  });
});
