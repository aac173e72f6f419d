import assert from "node:assert/strict";
import { nextAfterFailure } from "../../../automation/report/next-after-failure";
import type { OperationMessage, OperationTree } from "../../../automation/report/operation-tree";
import { unknownPrincipals, untilPrincipalsAreKnown } from "../../../automation/run/unknown-principals";
import type { OperationReport } from "../../../automation/stack/run-operation";

const ID = "0d8f3c52-6b1e-4f7a-9c20-5e4d3b2a1f08";
const TENANT = "5e9b1d73-2c48-4f0a-8a67-d31f9c04b852";
const RULE = "urn:pulumi:dev::p::azure-native:authorization:RoleAssignment::role";
const STACK = "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev";

/** As azure-native says it, and as the simulated cloud does. */
const OF_AZURE = `autorest/azure: Service returned an error. Status=400 Code="PrincipalNotFound" Message="Principal ${ID.replaceAll("-", "")} does not exist in the directory ${TENANT}. Check that you have the correct principal ID."`;
const SIMULATED = `PrincipalNotFound: Principal ${ID} does not exist in the directory ${TENANT}.`;

const report = (result: OperationReport["result"], ...errors: readonly (readonly [urn: string, text: string])[]) => {
  const messages = errors.map(([urn, text]): OperationMessage => ({ severity: "error", urn, text }));
  const tree = { messages } as unknown as OperationTree;
  return { operation: "up", result, changed: true, counts: {}, tree, durationMs: 1 } satisfies OperationReport;
};
const unknown = () => report("failed", [RULE, SIMULATED], [STACK, "update failed"]);
const succeeded = () => report("succeeded");

describe("principals that a directory does not know yet", () => {
  const attempt = async (reports: readonly OperationReport[], abortAfter = Infinity) => {
    const slept: number[] = [];
    const notes: string[] = [];
    const ended: OperationReport[] = [];
    const stop = new AbortController();
    let runs = 0;
    const last = await untilPrincipalsAreKnown(async () => reports[Math.min(runs++, reports.length - 1)]!, {
      signal: stop.signal,
      ended: (one) => void ended.push(one),
      note: (text) => void notes.push(text),
      sleep: async (milliseconds) => {
        slept.push(milliseconds / 1000);
        if (slept.length >= abortAfter) stop.abort();
      },
    });
    return { last, slept, notes, ended: ended.length, runs };
  };

  it("are told by the error of Azure, and by that of the simulated cloud", () => {
    assert.deepEqual(unknownPrincipals(unknown()), [ID]);
    assert.deepEqual(unknownPrincipals(report("failed", [RULE, OF_AZURE])), [ID.replaceAll("-", "")]);
  });

  it("are none where anything else failed too, or nothing did", () => {
    const others = [succeeded(), report("failed"), report("failed", [RULE, SIMULATED], [RULE, "Forbidden"]), report("cancelled", [RULE, SIMULATED])]; // prettier-ignore
    for (const one of others) assert.deepEqual(unknownPrincipals(one), []);
  });

  it("are waited for with growing pauses, until they are known", async () => {
    const { last, slept, notes, ended, runs } = await attempt([unknown(), unknown(), succeeded()]);
    assert.deepEqual([last.result, slept, ended, runs], ["succeeded", [5, 15], 2, 3]);
    assert.deepEqual(notes[0], `the directory does not know ${ID} yet: again in 5 s`);
  });

  it("fail with what to do, when the waiting is over", async () => {
    const { last, slept, runs } = await attempt([unknown()]);
    assert.deepEqual([last.result, slept, runs], ["failed", [5, 15, 30, 60, 60], 6]);
    assert.deepEqual(nextAfterFailure(last), [
      `the directory does not know the principal ${ID}: look whether it is an object id of this tenant, and not a client id`,
      "if it was made just now, run again in a few minutes",
    ]);
  });

  it("are not waited for after another fault, nor once it was told to stop", async () => {
    assert.equal((await attempt([report("failed", [RULE, "Forbidden"]), succeeded()])).runs, 1);
    assert.equal((await attempt([unknown(), succeeded()], 1)).runs, 1);
  });
});
