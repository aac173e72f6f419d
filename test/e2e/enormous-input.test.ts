import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Group, Thing, ThingStack } from "../rehearsal/engine/deployment/support/thing-stack";

describe("enormous input", function () {
  this.timeout(1_800_000);

  it("of 100 MB in one text goes through the program, the provider and the state, and back", async () => {
    // In a process of its own: protobuf in JavaScript takes some 4 GB for it.
    const args = ["--import", "tsx", join(__dirname, "enormous-text.ts")];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    assert.deepEqual(JSON.parse(stdout), { runs: [{ create: 2 }, { same: 2 }], provider: true, state: true });
  });

  it("of 10,000 children of one parent is created and deleted", async () => {
    const stack = await ThingStack.make();
    try {
      const run = await stack.up(async () => {
        new Group("g", (self) => {
          for (let i = 0; i < 10_000; i++) new Thing(`c${i}`, { value: `${i}` }, { parent: self });
        });
      });
      assert.deepEqual([run.failure, run.changes], [undefined, { create: 10_002 }]);
      assert.equal((await stack.names()).length, 10_001);
      const gone = await stack.destroy();
      assert.deepEqual([gone.failure, gone.changes, stack.provider.cloud.size], [undefined, { delete: 10_002 }, 0]);
    } finally {
      await stack.remove();
    }
  });
});
