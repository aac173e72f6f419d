import assert from "node:assert/strict";
import { stackOutputs } from "../../../automation/outputs/stack-outputs";

const read = (outputs: Awaited<ReturnType<typeof stackOutputs>>) => stackOutputs({ outputs: async () => outputs });

describe("the outputs of a stack", () => {
  it("have secret parts back where they were taken out, and say of which sections they are", async () => {
    const outputs = await read({
      azure: { value: { key: "[secret]", uri: "u" }, secret: false },
      aws: { value: { region: "r" }, secret: false },
      secretParts: { value: { "/azure/key": "t0p" }, secret: true },
    });
    assert.deepEqual(outputs, {
      azure: { value: { key: "t0p", uri: "u" }, secret: true },
      aws: { value: { region: "r" }, secret: false },
    });
  });

  it("are as they are in a stack of another program", async () => {
    const outputs = { secretParts: { value: "x", secret: false } };
    assert.deepEqual(await read(outputs), outputs);
  });
});
