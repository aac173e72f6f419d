import assert from "node:assert/strict";
import { PartialFailure } from "../../../../rehearsal/engine/provider/partial-failure";

describe("PartialFailure", () => {
  it("carries what exists of the resource and why it is not ready", () => {
    const failure = new PartialFailure("not ready", "id-1", { a: 1 }, ["no address"], { b: 2 });
    assert.ok(failure instanceof Error);
    const { name, message, id, outputs, reasons, inputs } = failure;
    assert.deepEqual(
      { name, message, id, outputs, reasons, inputs },
      {
        name: "PartialFailure",
        message: "not ready",
        id: "id-1",
        outputs: { a: 1 },
        reasons: ["no address"],
        inputs: { b: 2 },
      },
    );
  });
});
