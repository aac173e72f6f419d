import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { OperationFailure } from "../../../rehearsal/testing/operation-failure";
import { rehearse } from "../../../rehearsal/testing/rehearse";
import { acme, Thing } from "../testing/thing";

/** Servers that listen in this process. */
const servers = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === "TCPServerWrap").length;

describe("an operation that fails before its program starts", function () {
  this.timeout(120_000);

  it("leaves no server open, which would keep the process alive", async () => {
    const cloud = acme();
    const program = async () => {
      new Thing("thing", { size: 1 });
    };
    const stack = await rehearse(program, { providers: [cloud] });
    try {
      await stack.up();
      const open = servers();
      await assert.rejects(
        stack.up({ replace: ["urn:pulumi:dev::rehearsal::acme:index:Thing::none"] }),
        OperationFailure,
      );
      cloud.read = () => Promise.reject(new Error("the region is down"));
      await assert.rejects(stack.up({ refresh: true }), OperationFailure);
      // The SDK closes its own servers a little after the operation.
      for (let waited = 0; servers() > open && waited < 60_000; waited += 50) await setTimeout(50);
      // Those of earlier tests may end meanwhile, too.
      assert.ok(servers() <= open, `${servers()} servers are open, ${open} were before`);
    } finally {
      await stack.close();
    }
  });
});
