import assert from "node:assert/strict";
import type { GithubPort } from "../../../automation/ports/github";
import { octokitGithub } from "../../../automation/ports/octokit-github";
import { GithubStandIn } from "../../support/github-stand-in";

const TOKEN = "ghs_0123456789abcdefghijklmnopqrstuvwxyz";
const REPO = "acme/platform";
const MARKER = "<!-- trunkline:report -->";

describe("GitHub through Octokit", function () {
  this.timeout(60_000);
  let server: GithubStandIn;
  let github: GithubPort;
  let notes: string[];

  beforeEach(async () => {
    server = await GithubStandIn.start(TOKEN);
    notes = [];
    github = octokitGithub({ token: TOKEN, baseUrl: server.url, unitMs: 1, note: (text) => notes.push(text) });
  });
  afterEach(() => server.stop());

  const refused = (status: number, message: RegExp) => (error: { message: string; hint?: string }) => {
    assert.match(error.message, new RegExp(`^github has no answer for .*: ${status}: `));
    assert.match(error.message, message);
    assert.ok(error.hint);
    assert.ok(!JSON.stringify({ ...error }).includes(TOKEN));
    return true;
  };

  describe("the one comment of a pull request", () => {
    it("is made where there is none", async () => {
      const change = await github.upsertComment(REPO, 7, MARKER, `${MARKER}\nfirst`);
      assert.deepEqual(change, { kind: "created", url: "https://github.com/acme/platform/pull/7#issuecomment-1" });
      assert.deepEqual(
        server.comments.map(({ body }) => body),
        [`${MARKER}\nfirst`],
      );
      assert.deepEqual(server.log, [
        "POST /graphql",
        "GET /repos/acme/platform/issues/7/comments",
        "POST /repos/acme/platform/issues/7/comments",
      ]);
      assert.deepEqual(
        new Set(server.requests.map(({ headers }) => headers.authorization)),
        new Set([`token ${TOKEN}`]),
      );
    });

    it("is found on the last page and updated in place", async () => {
      for (let i = 0; i < 230; i++) server.addComment(REPO, 7, "someone", `comment ${i}`);
      const own = server.addComment(REPO, 7, server.viewer, `${MARKER}\nold`);
      const change = await github.upsertComment(REPO, 7, MARKER, `${MARKER}\nnew`);
      assert.equal(change.kind, "updated");
      assert.equal(own.body, `${MARKER}\nnew`);
      assert.equal(server.comments.length, 231);
      const pages = server.requests.filter(({ method, path }) => method === "GET" && path.endsWith("/comments"));
      assert.deepEqual(
        pages.map(({ query }) => [query["per_page"], query["page"]]),
        [
          ["100", undefined],
          ["100", "2"],
          ["100", "3"],
        ],
      );
    });

    it("is not taken from another author, who could write into it again", async () => {
      const forged = server.addComment(REPO, 7, "mallory", `${MARKER}\n✅ nothing changes`);
      const quoted = server.addComment(REPO, 7, server.viewer, `> ${MARKER}\nquoted`);
      assert.equal((await github.upsertComment(REPO, 7, MARKER, `${MARKER}\nreal`)).kind, "created");
      assert.equal(forged.body, `${MARKER}\n✅ nothing changes`);
      assert.equal(quoted.body, `> ${MARKER}\nquoted`);
    });

    it("stays one where two runs had made two", async () => {
      const first = server.addComment(REPO, 7, server.viewer, `${MARKER}\na`);
      server.addComment(REPO, 7, server.viewer, `${MARKER}\nb`);
      const other = server.addComment(REPO, 8, server.viewer, `${MARKER}\nof another pull request`);
      await github.upsertComment(REPO, 7, MARKER, `${MARKER}\nc`);
      assert.deepEqual(server.comments, [first, other]);
      assert.equal(first.body, `${MARKER}\nc`);
    });

    it("fails with what GitHub says when it is too long", async () => {
      await assert.rejects(github.upsertComment(REPO, 7, MARKER, "x".repeat(65_537)), refused(422, /Body is too long/));
    });

    it("fails without trying again where the job may not write", async () => {
      const message = "Resource not accessible by integration";
      server.faults.push({ request: /^POST .*comments$/, status: 403, message });
      await assert.rejects(github.upsertComment(REPO, 7, MARKER, MARKER), refused(403, /not accessible/));
      assert.equal(server.log.filter((line) => line.startsWith("POST /repos")).length, 1);
    });
  });

  describe("when GitHub does not answer at once", () => {
    it("tries again after faults of the server", async () => {
      server.faults.push({ request: /^GET .*comments$/, status: 502, times: 2 });
      assert.deepEqual(await github.comments(REPO, 7), []);
      assert.equal(server.requests.length, 3);
    });

    it("gives up after three further attempts, with the cause", async () => {
      server.faults.push({ request: /^GET .*comments$/, status: 503, message: "down for maintenance", times: 9 });
      await assert.rejects(github.comments(REPO, 7), refused(503, /down for maintenance/));
      assert.equal(server.requests.length, 4);
    });

    it("waits out the rate limit", async () => {
      const soon = String(Math.floor(Date.now() / 1000) + 5);
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": soon };
      server.faults.push({ request: /^GET /, status: 403, headers, message: "API rate limit exceeded" });
      assert.deepEqual(await github.comments(REPO, 7), []);
      assert.match(notes.join("\n"), /^github: the rate limit reached, going on in \d s$/);
    });

    it("waits out the secondary limit as long as GitHub says", async () => {
      const message = "You have exceeded a secondary rate limit";
      server.faults.push({ request: /^POST .*comments/, status: 429, headers: { "retry-after": "7" }, message });
      await github.upsertComment(REPO, 7, MARKER, MARKER);
      assert.deepEqual(notes, ["github: the secondary rate limit reached, going on in 7 s"]);
      assert.equal(server.comments.length, 1);
    });

    it("does not wait for a limit that ends in an hour", async () => {
      const later = String(Math.floor(Date.now() / 1000) + 3600);
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": later };
      server.faults.push({ request: /^GET /, status: 403, headers, message: "API rate limit exceeded" });
      await assert.rejects(github.comments(REPO, 7), refused(403, /rate limit exceeded/));
      assert.match(notes.join("\n"), /the rate limit reached for .*, given up$/);
    });

    it("leaves one comment when the answer to the first one was lost", async () => {
      server.faults.push({ request: /^POST .*comments$/, status: 502, done: true });
      await github.upsertComment(REPO, 7, MARKER, `${MARKER}\na`);
      assert.equal(server.comments.length, 2, "the attempt that was not answered and the one that was");
      await github.upsertComment(REPO, 7, MARKER, `${MARKER}\nb`);
      assert.deepEqual(
        server.comments.map(({ body }) => body),
        [`${MARKER}\nb`],
      );
    });

    it("says that there is no connection", async () => {
      const gone = await GithubStandIn.start(TOKEN);
      const lost = octokitGithub({ token: TOKEN, baseUrl: gone.url, unitMs: 1 });
      await gone.stop();
      await assert.rejects(lost.comments(REPO, 7), /github has no answer for the comments on pull request 7/);
    });
  });
});
