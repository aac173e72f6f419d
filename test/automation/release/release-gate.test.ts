import assert from "node:assert/strict";
import { AutomationError } from "../../../automation/errors";
import type { ApprovalRequest } from "../../../automation/gate/approval-provider";
import type { GateRule } from "../../../automation/gate/gate-policy";
import { openReleaseGate } from "../../../automation/release/release-gate";

const request: ApprovalRequest = {
  ...{ digest: "1".repeat(64), repository: "acme/platform", commit: "a".repeat(40), project: "sample" },
  ...{ stack: "prd", authors: ["author"], stateful: [], now: new Date("2026-11-28T12:00:00Z") },
};
const SIGNATURE: GateRule = { from: "signature", allowedSigners: "signers", required: 1, byAuthor: false };
const PROMPT: GateRule = { from: "prompt", byAuthor: true };
const REVIEW: GateRule = { from: "review", team: "acme/owners", required: 1, byAuthor: false };

/** Opens the gate with a person at the terminal, and without GitHub or Azure DevOps. */
async function open(rules: readonly GateRule[], person?: string, answer = "prd") {
  const asked: string[] = [];
  const prompt = {
    person: async () => person,
    ask: async (question: string) => (asked.push(question), answer),
  };
  const ports = { prompt, github: async () => undefined, azureStages: async () => undefined };
  const summary = ["fares:2 in blue gets traffic of fares in prd"];
  return { approvedBy: await openReleaseGate(ports, { request, rules, summary }), asked };
}

const refusal = (text: RegExp) => (error: unknown) =>
  error instanceof AutomationError && error.code === "refused" && text.test(error.message) && error.hint !== undefined;

describe("the gate of a release", () => {
  it("is open where no rule closes it", async () => {
    assert.deepEqual(await open([]), { approvedBy: [], asked: [] });
  });

  it("is opened by the person at the terminal, who reads what gets traffic", async () => {
    const { approvedBy, asked } = await open([PROMPT], "ada");
    assert.equal(approvedBy.length, 1);
    assert.match(approvedBy[0] ?? "", /^ada \(/);
    assert.match(asked.join(), /fares:2 in blue gets traffic of fares in prd/);
  });

  it("is opened by the first of several rules that is satisfied", async () => {
    assert.match((await open([SIGNATURE, REVIEW, PROMPT], "ada")).approvedBy.join(), /^ada/);
  });

  it("fails where the person does not agree, whatever other rules there are", async () => {
    await assert.rejects(open([PROMPT, SIGNATURE], "ada", "no"), refusal(/ada did not write prd/));
  });

  it("fails where nobody can be asked, with every reason", async () => {
    await assert.rejects(
      open([SIGNATURE, REVIEW, PROMPT]),
      refusal(/prd needs an approval .*a release has none; .*without a token; .*nobody can be asked here/),
    );
  });
});
