import assert from "node:assert/strict";
import type { GithubPort } from "../../../automation/ports/github";
import { octokitGithub } from "../../../automation/ports/octokit-github";
import { GithubStandIn } from "../../support/github-stand-in";

const TOKEN = "ghs_0123456789abcdefghijklmnopqrstuvwxyz";
const REPO = "acme/platform";
const COMMIT = "1".repeat(40);

describe("what GitHub answers", function () {
  this.timeout(60_000);
  let server: GithubStandIn;
  let github: GithubPort;

  beforeEach(async () => {
    server = await GithubStandIn.start(TOKEN);
    github = octokitGithub({ token: TOKEN, baseUrl: server.url, unitMs: 1 });
  });
  afterEach(() => server.stop());

  const refused = (status: number, message: RegExp) => (error: { message: string; hint?: string }) => {
    assert.match(error.message, new RegExp(`^github has no answer for .*: ${status}: `));
    assert.match(error.message, message);
    assert.ok(error.hint);
    assert.ok(!JSON.stringify({ ...error }).includes(TOKEN));
    return true;
  };

  describe("what the gate asks", () => {
    it("reads who has to approve in an environment, and who can pass it by", async () => {
      server.environments.set(`${REPO}/prd/eu`, {
        name: "prd/eu",
        can_admins_bypass: false,
        protection_rules: [
          { type: "wait_timer", wait_timer: 5 },
          {
            type: "required_reviewers",
            prevent_self_review: true,
            reviewers: [
              { type: "User", reviewer: { login: "alice" } },
              { type: "Team", reviewer: { slug: "platform" } },
            ],
          },
          { type: "branch_policy" },
        ],
      });
      assert.deepEqual(await github.environmentProtection(REPO, "prd/eu"), {
        reviewers: [
          { kind: "user", name: "alice" },
          { kind: "team", name: "platform" },
        ],
        preventSelfReview: true,
        canAdminsBypass: false,
        waitTimer: 5,
      });
    });

    it("takes an environment that says nothing for one that protects nothing", async () => {
      server.environments.set(`${REPO}/dev`, { name: "dev" });
      assert.deepEqual(await github.environmentProtection(REPO, "dev"), {
        reviewers: [],
        preventSelfReview: false,
        canAdminsBypass: true,
        waitTimer: 0,
      });
      assert.equal(await github.environmentProtection(REPO, "nowhere"), undefined);
    });

    it("reads all reviews with the commits that they looked at", async () => {
      const review = (n: number) => ({ id: n, user: { login: `user-${n}` }, state: "APPROVED", commit_id: COMMIT });
      const all = Array.from({ length: 120 }, (_, n) => review(n));
      all[119] = { ...review(119), state: "CHANGES_REQUESTED" };
      server.reviews.set(`${REPO}#7`, all);
      const reviews = await github.reviewsOf(REPO, 7);
      assert.equal(reviews.length, 120);
      assert.deepEqual(reviews.at(-1), {
        user: "user-119",
        state: "changes_requested",
        commit: COMMIT,
        submittedAt: undefined,
      });
    });

    it("reads pull requests by number and by commit; a trial merge is no merge", async () => {
      const open = {
        number: 7,
        state: "open",
        merged_at: null,
        merge_commit_sha: "2".repeat(40),
        user: { login: "bob" },
        head: { sha: COMMIT, ref: "feature/x", repo: null },
        base: { sha: "3".repeat(40), ref: "develop" },
      };
      server.pullRequests.set(REPO, [open, { ...open, number: 8, state: "closed", merged_at: "2026-01-01T00:00:00Z" }]);
      assert.deepEqual(await github.pullRequest(REPO, 7), {
        number: 7,
        author: "bob",
        state: "open",
        merged: false,
        headCommit: COMMIT,
        headBranch: "feature/x",
        headRepository: undefined,
        baseBranch: "develop",
        baseCommit: "3".repeat(40),
        mergeCommit: undefined,
      });
      const merged = await github.pullRequestsOfCommit(REPO, "2".repeat(40));
      assert.deepEqual(
        merged.map(({ number, mergeCommit }) => [number, mergeCommit]),
        [
          [7, undefined],
          [8, "2".repeat(40)],
        ],
      );
      assert.equal(await github.pullRequest(REPO, 9), undefined);
    });

    it("reads the members of a team, and tells none from a team that it cannot see", async () => {
      server.teams.set("acme/platform", ["alice", "bob"]);
      assert.deepEqual(await github.teamMembers("acme", "platform"), ["alice", "bob"]);
      assert.equal(await github.teamMembers("acme", "secret"), undefined);
    });

    it("reads whether a run is over", async () => {
      const run = { id: 5, run_attempt: 2, status: "completed", conclusion: "cancelled", head_sha: COMMIT };
      server.runs.set(`${REPO}/5`, { ...run, event: "push" });
      assert.deepEqual(await github.workflowRun(REPO, 5), {
        id: 5,
        attempt: 2,
        status: "completed",
        conclusion: "cancelled",
        headCommit: COMMIT,
        event: "push",
      });
      assert.equal(await github.workflowRun(REPO, 6), undefined);
    });

    it("fails for a token that is not valid, and never takes that for nothing there", async () => {
      const other = octokitGithub({ token: "wrong", baseUrl: server.url, unitMs: 1 });
      await assert.rejects(other.environmentProtection(REPO, "prd"), refused(401, /Bad credentials/));
    });

    it("fails for what is no repository", async () => {
      await assert.rejects(github.comments("acme", 1), /"acme" is no repository of GitHub: it has to be owner\/name/);
    });
  });

  it("sets a status with a description of the length that GitHub takes", async () => {
    const status = { context: "trunkline / tst", state: "failure", description: "x".repeat(200) } as const;
    await github.setStatus(REPO, COMMIT, { ...status, url: "https://example.com/run" });
    assert.deepEqual(server.statuses, [
      {
        repo: REPO,
        sha: COMMIT,
        context: "trunkline / tst",
        state: "failure",
        description: "x".repeat(140),
        target_url: "https://example.com/run",
      },
    ]);
  });
});
