import assert from "node:assert/strict";
import { CallLimits } from "../../../../rehearsal/engine/provider/call-limits";

const call = { method: "create", subject: "urn:a" };
const forever = (): Promise<never> => new Promise(() => undefined);

describe("CallLimits", () => {
  it("hands answers and errors through", async () => {
    const limits = new CallLimits(1, undefined);
    assert.equal(await limits.answer(call, async () => 7), 7);
    await assert.rejects(
      limits.answer(call, () => Promise.reject(new Error("no"))),
      { message: "no" },
    );
    limits.close();
  });

  it("ends the calls of an operation that was aborted, before it began or since, and lets none begin", async () => {
    const late = { name: "UnansweredError", message: /^the operation was cancelled, .* its create of 'urn:a' within/ };
    await assert.rejects(new CallLimits(1, AbortSignal.abort()).answer(call, forever), late);
    const controller = new AbortController();
    const limits = new CallLimits(1, controller.signal);
    const both = [limits.answer(call, forever), limits.answer(call, forever)];
    controller.abort();
    for (const one of both) await assert.rejects(one, late);
    let begun = false;
    const next = limits.answer(call, async () => (begun = true));
    await assert.rejects(next, { name: "Error", message: "the operation was cancelled before the create of 'urn:a'" });
    assert.equal(begun, false);
  });

  it("leaves a call alone when the operation ends before its time is over", async () => {
    const controller = new AbortController();
    const limits = new CallLimits(1, controller.signal);
    controller.abort();
    limits.close();
    let ended = false;
    void limits.answer(call, forever).finally(() => (ended = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(ended, false);
  });
});
