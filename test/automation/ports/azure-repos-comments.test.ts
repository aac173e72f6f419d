import assert from "node:assert/strict";
import { commentsOf } from "../../../automation/ci/comments-of";
import { azureReposComments } from "../../../automation/ports/azure-repos-comments";
import { AzureDevopsStandIn } from "../../support/azure-devops-stand-in";

const TOKEN = "eyJ0.eyJz.0123456789abcdef";
const MARKER = "<!-- marker -->";

describe("the comment on a pull request of Azure Repos", function () {
  this.timeout(60_000);
  let server: AzureDevopsStandIn;
  beforeEach(async () => (server = await AzureDevopsStandIn.start(TOKEN)));
  afterEach(() => server.stop());

  const comments = (token = TOKEN) =>
    azureReposComments({ collection: server.collection, project: "p1", repository: "r1", token, unitMs: 1 });
  const upsert = (text: string) => comments().upsert(7, MARKER, `${MARKER}\n${text}`);
  const contents = () => server.threads.map((thread) => thread.comments[0]?.content);

  it("is made once, closed so that it holds no merge up, and updated from then on", async () => {
    const made = await upsert("one");
    assert.deepEqual(made, { kind: "created", url: `${server.collection}p1/_git/r1/pullrequest/7?discussionId=1` });
    assert.deepEqual([server.threads[0]?.status, contents()], ["closed", [`${MARKER}\none`]]);
    assert.equal((await upsert("two")).kind, "updated");
    assert.deepEqual(contents(), [`${MARKER}\ntwo`]);
    assert.deepEqual(server.violations, []);
  });

  it("is found among hundreds, and further ones of its own are removed", async () => {
    for (let i = 0; i < 400; i++) server.add(7, `remark ${i}`, "somebody");
    const first = server.add(7, `${MARKER}\nfirst`);
    server.add(8, `${MARKER}\nof another pull request`);
    const second = server.add(7, `${MARKER}\nsecond`);
    await upsert("now");
    assert.equal(first.comments[0]?.content, `${MARKER}\nnow`);
    assert.equal(second.comments[0]?.isDeleted, true);
    assert.equal(server.threads.length, 403);
  });

  it("is never one of somebody else, nor one that is deleted, even with the marker", async () => {
    const foreign = server.add(7, `${MARKER}\nforged`, "mallory");
    const deleted = server.add(7, `${MARKER}\ndeleted`);
    deleted.comments[0]!.isDeleted = true;
    server.add(7, `${MARKER}\nin a deleted thread`).isDeleted = true;
    const quoted = server.add(7, `> ${MARKER}`);
    assert.equal((await upsert("own")).kind, "created");
    assert.deepEqual(
      [foreign, deleted, quoted].map((thread) => thread.comments[0]?.content),
      [`${MARKER}\nforged`, `${MARKER}\ndeleted`, `> ${MARKER}`],
    );
  });

  it("is written in spite of faults and limits that pass", async () => {
    server.add(7, `${MARKER}\nold`);
    server.faults.push(
      { request: /^GET .*connectionData/, status: 503 },
      { request: /^GET .*threads/, status: 429, headers: { "retry-after": "1" }, times: 2 },
      { request: /^PATCH /, status: 500 },
    );
    assert.equal((await upsert("new")).kind, "updated");
    assert.deepEqual(contents(), [`${MARKER}\nnew`]);
  });

  it("is not made twice where it was made and only the answer was lost", async () => {
    server.faults.push({ request: /^POST /, status: 502, done: true });
    assert.equal((await upsert("one")).kind, "updated");
    assert.deepEqual(contents(), [`${MARKER}\none`]);
  });

  it("fails with what is to be done where the token may not comment, without telling it", async () => {
    server.faults.push({ request: /^POST /, status: 403, message: "TF401027: needs PullRequestContribute", times: 9 });
    await assert.rejects(upsert("one"), (fault: Error & { hint?: string }) => {
      assert.match(fault.message, /^Azure DevOps has no answer for POST .*threads: 403: TF401027/);
      assert.match(fault.hint ?? "", /contribute to pull requests/);
      assert.ok(!JSON.stringify(fault).includes(TOKEN));
      return true;
    });
    assert.equal(server.requests.filter(({ method }) => method === "POST").length, 1);
    await assert.rejects(comments("no.such.token").upsert(7, MARKER, MARKER), /connectionData: 401/);
  });

  it("fails where the service does not come back", async () => {
    server.faults.push({ request: /threads/, status: 503, times: 99 });
    await assert.rejects(upsert("one"), /Azure DevOps has no answer for GET .*threads: 503/);
    assert.equal(server.requests.filter(({ path }) => path.endsWith("/threads")).length, 4);
  });

  it("fails where nothing answers", async () => {
    const nowhere = { collection: "http://127.0.0.1:4/acme", project: "p1", repository: "r1", token: TOKEN, unitMs: 1 };
    await assert.rejects(azureReposComments(nowhere).upsert(7, MARKER, MARKER), /no connection: connect ECONNREFUSED/);
  });

  it("has as many characters as the platform takes, and goes where the repository is", () => {
    const github = { upsertComment: () => Promise.reject(new Error("not asked")) };
    const job = {
      BUILD_REPOSITORY_PROVIDER: "TfsGit",
      BUILD_REPOSITORY_ID: "r1",
      SYSTEM_COLLECTIONURI: server.collection,
      SYSTEM_TEAMPROJECTID: "p1",
      SYSTEM_ACCESSTOKEN: TOKEN,
    };
    const event = { source: "azure-pipelines", repository: "acme/platform" } as const;
    const limitOf = (env: Record<string, string>, port: typeof github | undefined = github) =>
      commentsOf(event, env, port)?.limit.length;
    assert.equal(limitOf(job), 150_000);
    assert.equal(limitOf({ ...job, SYSTEM_ACCESSTOKEN: "" }), undefined);
    assert.equal(limitOf({ ...job, BUILD_REPOSITORY_PROVIDER: "GitHub" }), 65_536);
    assert.equal(commentsOf(event, { ...job, BUILD_REPOSITORY_PROVIDER: "GitHub" }, undefined), undefined);
    assert.equal(commentsOf({ source: "github" }, {}, github), undefined);
  });
});
