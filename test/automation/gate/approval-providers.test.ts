import assert from "node:assert/strict";
import type { ApprovalRequest } from "../../../automation/gate/approval-provider";
import { environmentApprovals } from "../../../automation/gate/environment-approval";
import { promptApproval } from "../../../automation/gate/prompt-approval";
import { reviewApprovals } from "../../../automation/gate/review-approval";
import type { EnvironmentProtection, PullRequest, Review, RunApproval } from "../../../automation/ports/github";

const HEAD = "a".repeat(40);
const request = (change: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
  digest: `sha256:${"1".repeat(64)}`,
  repository: "acme/platform",
  commit: HEAD,
  project: "sample",
  stack: "prd",
  pullRequest: 7,
  run: "42-1",
  authors: ["author"],
  stateful: [],
  now: new Date("2026-11-21T12:00:00Z"),
  ...change,
});
const PULL: PullRequest = {
  number: 7,
  author: "author",
  state: "open",
  merged: false,
  headCommit: HEAD,
  headBranch: "feature/x",
  baseBranch: "main",
  baseCommit: "b".repeat(40),
};
const review = (user: string, state: Review["state"], commit = HEAD): Review => ({ user, state, commit });

describe("approving reviews", () => {
  interface World {
    readonly pull?: PullRequest | undefined;
    readonly reviews?: readonly Review[];
    readonly members?: readonly string[] | undefined;
  }
  const check = (world: World, change: Partial<ApprovalRequest> = {}, byAuthor = false) => {
    const { pull, reviews = [], members } = { pull: PULL, members: ["Alice", "bob", "author"], ...world };
    const port = {
      pullRequest: async () => pull,
      reviewsOf: async () => reviews,
      teamMembers: async () => members,
    };
    return reviewApprovals(port, { name: "reviews", team: "acme/owners", byAuthor }).check(request(change));
  };

  it("count once for each member who approved the head last", async () => {
    const reviews = [review("alice", "approved"), review("alice", "commented"), review("bob", "approved")];
    const { approvals, rejected, pending } = await check({ reviews });
    assert.deepEqual([approvals.map(({ by }) => by), rejected, pending], [["alice", "bob"], [], true]);
  });

  const REJECTED: readonly (readonly [what: string, code: string, world: World, change?: Partial<ApprovalRequest>])[] =
    [
      ["of an older commit", "approval-foreign", { reviews: [review("alice", "approved", "c".repeat(40))] }],
      ["of a commit that is gone", "approval-foreign", { reviews: [{ user: "alice", state: "approved" }] }],
      ["by somebody who is not in the team", "approval-signer", { reviews: [review("carol", "approved")] }],
      ["by the author", "approval-author", { reviews: [review("author", "approved")] }],
      ["by whoever caused the run", "approval-author", { reviews: [review("bob", "approved")] }, { authors: ["Bob"] }],
      [
        "where the branch was pushed to with force since",
        "approval-foreign",
        { pull: { ...PULL, headCommit: "d".repeat(40) }, reviews: [review("alice", "approved")] },
      ],
      ["of no pull request", "approval-missing", {}, { pullRequest: undefined }],
    ];
  for (const [what, code, world, change] of REJECTED) {
    it(`do not count ${what}`, async () => {
      const { approvals, rejected } = await check(world, change);
      assert.deepEqual([approvals, rejected.map((reason) => reason.code)], [[], [code]]);
    });
  }

  it("do not count once they are dismissed or taken back", async () => {
    const dismissed = await check({ reviews: [review("alice", "approved"), review("alice", "dismissed")] });
    assert.deepEqual([dismissed.approvals, dismissed.pending], [[], true]);
  });

  it("do not count while a member asks for changes, whoever else approved", async () => {
    const reviews = [review("alice", "approved"), review("bob", "changes_requested")];
    assert.equal((await check({ reviews })).fatal?.code, "changes-requested");
    const stranger = [review("alice", "approved"), review("carol", "changes_requested")];
    assert.equal((await check({ reviews: stranger })).approvals.length, 1);
  });

  it("fail loudly for a team that is not there, or has nobody in it", async () => {
    assert.equal((await check({ members: undefined })).fatal?.code, "approval-unprotected");
    assert.equal((await check({ members: [] })).fatal?.code, "approval-unprotected");
    assert.equal((await check({ pull: undefined })).fatal?.code, "approval-unavailable");
  });
});

describe("approvals of a GitHub environment", () => {
  const PROTECTED: EnvironmentProtection = {
    reviewers: [{ kind: "team", name: "owners" }],
    preventSelfReview: true,
    canAdminsBypass: false,
    waitTimer: 0,
  };
  const approved = (user: string, state: RunApproval["state"] = "approved", environments = ["prd"]): RunApproval => ({
    user,
    state,
    environments,
  });
  const check = (
    protection: EnvironmentProtection | undefined,
    runs: readonly RunApproval[],
    change: Partial<ApprovalRequest> = {},
    run: string | undefined = "42-2",
  ) => {
    const port = { environmentProtection: async () => protection, runApprovals: async () => runs };
    const options = { name: "environment", environment: "prd", byAuthor: false, ...(run !== "" && { run }) };
    return environmentApprovals(port, options).check(request(change));
  };

  it("count for the run that they let in, whichever attempt it is", async () => {
    assert.deepEqual((await check(PROTECTED, [approved("alice")])).approvals, [{ by: "alice", acknowledged: [] }]);
  });

  it("fail loudly for an environment without reviewers, and for none", async () => {
    const open = await check({ ...PROTECTED, reviewers: [] }, [approved("alice")]);
    assert.deepEqual([open.approvals, open.fatal?.code], [[], "approval-unprotected"]);
    assert.equal((await check(undefined, [approved("alice")])).fatal?.code, "approval-unprotected");
  });

  it("do not count for another environment, another run, no run, or by who caused the run", async () => {
    const codes = async (...args: Parameters<typeof check>) => {
      const { approvals, rejected } = await check(...args);
      return [approvals.length, ...rejected.map(({ code }) => code)];
    };
    assert.deepEqual(await codes(PROTECTED, [approved("alice", "approved", ["tst"])]), [0, "approval-missing"]);
    assert.deepEqual(await codes(PROTECTED, [approved("alice")], { run: "41-1" }), [0, "approval-foreign"]);
    assert.deepEqual(await codes(PROTECTED, [approved("alice")], { run: undefined }), [0, "approval-foreign"]);
    assert.deepEqual(await codes(PROTECTED, [approved("alice")], {}, ""), [0, "approval-missing"]);
    assert.deepEqual(await codes(PROTECTED, [approved("Author")]), [0, "approval-author"]);
  });

  it("close the gate where a reviewer rejected the run", async () => {
    assert.equal((await check(PROTECTED, [approved("alice", "rejected")])).fatal?.code, "approval-declined");
  });
});

describe("the approval of the person at the terminal", () => {
  const ask = (person: string | undefined, answer: string | undefined, byAuthor = false) => {
    let asked = 0;
    const prompt = { person: async () => person, ask: async () => (asked++, answer) };
    const provider = promptApproval(prompt, { name: "prompt", summary: [], byAuthor });
    return { provider, asked: () => asked };
  };

  it("counts where they write the stack's name, and is asked for once", async () => {
    const { provider, asked } = ask("alice", "prd");
    await provider.check(request());
    assert.deepEqual((await provider.check(request())).approvals, [{ by: "alice", acknowledged: [] }]);
    assert.equal(asked(), 1);
  });

  it("closes the gate for any other answer", async () => {
    for (const answer of ["yes", "", undefined, "PRD"]) {
      assert.equal((await ask("alice", answer).provider.check(request())).fatal?.code, "approval-declined");
    }
  });

  it("does not count where nobody can be asked, or the author sits there", async () => {
    const codes = async (person: string | undefined) =>
      (await ask(person, "prd").provider.check(request())).rejected.map(({ code }) => code);
    assert.deepEqual(await codes(undefined), ["approval-unavailable"]);
    assert.deepEqual(await codes("Author"), ["approval-author"]);
  });
});
