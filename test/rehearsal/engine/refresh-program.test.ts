import assert from "node:assert/strict";
import { rehearse } from "../../../rehearsal/testing/rehearse";
import { acme, Thing } from "../testing/thing";

describe("up with a refresh", () => {
  /** What `up` does, by step, after the thing was changed and a forgotten one deleted in the cloud. */
  async function steps(options: { refresh?: boolean; runProgram?: boolean }): Promise<string[]> {
    const cloud = acme();
    const stack = await rehearse(
      async () => {
        new Thing("thing", { size: 1 });
        new Thing("forgotten", { size: 1 });
      },
      { providers: [cloud] },
    );
    try {
      await stack.up();
      for (const resource of cloud.resources.values()) resource.inputs.size = 2;
      const program = async () => {
        new Thing("thing", { size: 1 });
      };
      const { steps: done } = await stack.up({ ...options, program });
      return done.map(({ op, name }) => `${op} ${name}`);
    } finally {
      await stack.close();
    }
  }

  it("refreshes every resource before the program runs", async () => {
    assert.deepEqual((await steps({ refresh: true })).sort(), [
      "delete forgotten",
      "refresh forgotten",
      "refresh thing",
      "update thing",
    ]);
  });

  it("refreshes what the program registers, when it does, with run-program", async () => {
    const done = await steps({ refresh: true, runProgram: true });
    assert.deepEqual(done.slice(0, 2), ["refresh thing", "update thing"]);
    assert.ok(done.includes("delete forgotten"), done.join());
  });
});
