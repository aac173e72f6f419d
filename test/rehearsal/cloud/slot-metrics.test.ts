import assert from "node:assert/strict";
import fc from "fast-check";
import { SlotCounter } from "../../../rehearsal/cloud/live/slot-metrics";

describe("the metrics of a slot", () => {
  it("count each request once over looks that follow each other, wherever these begin and end", () => {
    const moments = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(moments, moments, (requests, looks) => {
        const counter = new SlotCounter();
        for (const at of [...requests].sort((a, b) => a - b)) counter.count(at, 1, { failed: true, mirrored: false });
        const bounds = [0, ...[...looks].sort((a, b) => a - b), 6_000];
        const seen = bounds.slice(1).map((to, i) => counter.between(bounds[i] ?? 0, to));
        assert.equal(
          seen.reduce((sum, { requests: count }) => sum + count, 0),
          requests.length,
        );
        assert.equal(
          seen.reduce((sum, { errors }) => sum + errors, 0),
          requests.length,
        );
      }),
    );
  });

  it("leave what came in the last tenth of a second to the next look", () => {
    const counter = new SlotCounter();
    counter.count(1_040, 1, { failed: false, mirrored: false });
    assert.equal(counter.between(1_000, 1_090).requests, 0);
    assert.equal(counter.between(1_090, 1_200).requests, 1);
  });
});
