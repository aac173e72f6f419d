import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { PipelineRepository, type JobRun } from "../support/pipeline-repository";

const program = (length: number) => `import { RandomPassword } from "@pulumi/random/randomPassword";
import { RandomPet } from "@pulumi/random/randomPet";
const pet = new RandomPet("pet", { length: ${length} });
const password = new RandomPassword("password", { length: 20 });
export const name = pet.id;
export const hidden = password.result;
console.log("token from the environment:", process.env.GITHUB_TOKEN ?? "none");
`;

const FILES = {
  "package.json": '{ "name": "app", "version": "1.0.0" }',
  "Pulumi.yaml":
    'name: app\nmain: index.ts\nruntime:\n  name: nodejs\n  options: { typescript: false, nodeargs: "--import tsx" }\n',
  "Pulumi.dev.yaml": "config: {}\n",
  "Pulumi.tst.yaml": "config: {}\n",
  "Pulumi.prd.yaml": "config: {}\n",
  "index.ts": program(2),
  "trunkline.yaml": `gate:
  tst:
    - from: review
      team: acme/reviewers
  prd:
    - from: environment
`,
};

describe("the story of a change", function () {
  this.timeout(600_000);
  let repository: PipelineRepository;
  let mainCommit: string;

  before(async () => {
    repository = await PipelineRepository.create(FILES);
    repository.github.teams.set("acme/reviewers", ["bob", "carol"]);
  });
  after(() => repository.remove());

  const ended = (run: JobRun, code: number) => assert.equal(run.code, code, run.stdout + run.stderr);
  const resources = (environment: string) => repository.project.resources("app", environment).map(({ urn }) => urn);

  function pullRequest(head: string, branch: string, base: string, over: object = {}): Record<string, unknown> {
    const repo = { full_name: repository.name };
    return {
      number: 7,
      state: "open",
      merged_at: null,
      merge_commit_sha: null,
      user: { login: "alice" },
      head: { ref: branch, sha: head, repo },
      base: { ref: base, sha: "0".repeat(40), repo },
      ...over,
    };
  }

  it("brings dev up when a feature branch is pushed", async () => {
    repository.git.git("switch", "-c", "develop");
    repository.git.git("switch", "-c", "feature/pets");
    const commit = repository.git.commit({ "index.ts": program(3) }, "three pets");
    const run = await repository.job({ event: "push", branch: "feature/pets", commit, actor: "alice", run: 1 });
    ended(run, 0);
    assert.deepEqual([run.outputs["step"], run.outputs["environment"], run.outputs["prefix"]], ["apply", "dev", "DEV"]);
    assert.ok(resources("dev").some((urn) => urn.endsWith("::pet")));
    assert.match(run.summary, /### Deployment of dev: applied, \d created/);
    assert.ok(!run.stdout.replace(/^::add-mask::.*$/gm, "").includes(repository.token));
  });

  it("reports on the pull request to develop, and touches nothing", async () => {
    const head = repository.git.git("rev-parse", "HEAD");
    const pull = pullRequest(head, "feature/pets", "develop");
    repository.github.pullRequests.set(repository.name, [pull]);
    const payload = { pull_request: pull };
    const job = { event: "pull_request", branch: "feature/pets", commit: head, actor: "alice", payload } as const;
    const run = await repository.job({ ...job, run: 2 });
    ended(run, 0);
    assert.deepEqual([run.outputs["step"], run.outputs["environment"]], ["preview", "tst"]);
    assert.deepEqual(resources("tst"), []);
    const [comment] = repository.github.comments;
    assert.match(comment?.body ?? "", /^<!-- trunkline:report -->\n### Preview of tst: \d to create\n/);
    assert.ok(comment?.body.includes(`commit <code>${head.slice(0, 12)}</code>`));
    await repository.job({ ...job, run: 3 });
    assert.equal(repository.github.comments.length, 1, "the next run updates it");
    // What the workflow keeps as an artifact, and fetches when the pull request is merged.
    cpSync(repository.project.path(".trunkline/ci"), repository.project.path(".trunkline/reviewed"), {
      recursive: true,
    });
  });

  it("plans the merge, refuses it while nobody has approved, and applies what was reviewed once somebody has", async () => {
    const head = repository.git.git("rev-parse", "HEAD");
    const [pull = {}] = repository.github.pullRequests.get(repository.name) ?? [];
    repository.git.git("switch", "develop");
    repository.git.git("merge", "--no-ff", "--message", "merge pets", "feature/pets");
    const commit = repository.git.git("rev-parse", "HEAD");
    Object.assign(pull, { state: "closed", merged_at: "2026-11-21T10:00:00Z", merge_commit_sha: commit });
    const job = { event: "push", branch: "develop", commit, actor: "alice" } as const;
    const reviewed = ["--reviewed", ".trunkline/reviewed"];

    const plan = await repository.job({ ...job, run: 4 }, "--phase", "plan", ...reviewed);
    ended(plan, 0);
    assert.deepEqual([plan.outputs["step"], plan.outputs["apply"]], ["plan", "true"]);
    const refused = await repository.job({ ...job, run: 4 }, "--phase", "apply", ...reviewed);
    ended(refused, 3);
    assert.match(refused.stdout, /approval-missing/);
    assert.deepEqual(resources("tst"), []);

    const review = (user: string, sha: string) => ({ user: { login: user }, state: "APPROVED", commit_id: sha });
    repository.github.reviews.set(`${repository.name}#7`, [review("alice", head), review("bob", "1".repeat(40))]);
    ended(await repository.job({ ...job, run: 4 }, "--phase", "apply", ...reviewed), 3);
    repository.github.reviews.set(`${repository.name}#7`, [review("bob", head)]);
    const applied = await repository.job({ ...job, run: 4 }, "--phase", "apply", ...reviewed);
    ended(applied, 0);
    assert.match(applied.summary, /approved by .*bob/);
    assert.ok(resources("tst").some((urn) => urn.endsWith("::pet")));
  });

  it("refuses main without the approval of its environment, and brings prd up with it", async () => {
    repository.git.git("switch", "main");
    repository.git.git("merge", "--no-ff", "--message", "release", "develop");
    mainCommit = repository.git.git("rev-parse", "HEAD");
    const job = { event: "push", branch: "main", commit: mainCommit, actor: "alice", run: 5 } as const;
    const plan = await repository.job(job, "--phase", "plan");
    ended(plan, 0);
    assert.equal(plan.outputs["apply"], "true");
    const unprotected = await repository.job(job, "--phase", "apply");
    ended(unprotected, 3);
    assert.match(unprotected.stdout, /approval-unprotected/);

    const reviewers = { type: "required_reviewers", reviewers: [{ type: "User", reviewer: { login: "carol" } }] };
    repository.github.environments.set(`${repository.name}/prd`, { name: "prd", protection_rules: [reviewers] });
    const unapproved = await repository.job(job, "--phase", "apply");
    ended(unapproved, 3);
    assert.match(unapproved.stdout, /approval-missing/);
    assert.deepEqual(resources("prd"), []);

    const approval = { user: { login: "carol" }, state: "approved", environments: [{ name: "prd" }] };
    repository.github.approvals.set(`${repository.name}/5`, [approval]);
    ended(await repository.job(job, "--phase", "apply"), 0);
    assert.ok(resources("prd").some((urn) => urn.endsWith("::pet")));
  });

  it("finds no drift after that", async () => {
    const job = { event: "schedule", branch: "main", commit: mainCommit, actor: "alice", run: 6 } as const;
    const run = await repository.job(job);
    ended(run, 0);
    assert.match(run.summary, /### Drift of prd: no changes/);
  });

  it("has nothing to do for another branch, and says so", async () => {
    const job = { event: "push", branch: "wip", commit: mainCommit, actor: "alice", run: 7 } as const;
    const run = await repository.job(job);
    ended(run, 0);
    assert.match(run.stdout, /nothing to do: branch wip deploys nowhere/);
    assert.equal(run.outputs["step"], "nothing");
  });

  it("rehearses what comes from a fork, without a token and without a comment", async () => {
    const pull = pullRequest(mainCommit, "feature/fork", "develop", {
      head: { ref: "feature/fork", sha: mainCommit, repo: { full_name: "mallory/platform" } },
    });
    const payload = { pull_request: pull };
    const job = {
      event: "pull_request",
      branch: "feature/fork",
      commit: mainCommit,
      actor: "mallory",
      payload,
    } as const;
    const before = repository.github.requests.length;
    const run = await repository.job({ ...job, run: 8 });
    ended(run, 0);
    assert.equal(run.outputs["step"], "rehearse");
    assert.equal(repository.github.requests.length, before);
    assert.doesNotMatch(run.stdout + run.summary, /token from the environment: ghs|\[secret\]/);
    ended(await repository.job({ ...job, run: 8 }, "--phase", "apply"), 3);
  });

  it("is what its deployment is when the comment fails, and tells of that", async () => {
    repository.git.git("switch", "-c", "feature/comment", "develop");
    const head = repository.git.commit({ "index.ts": program(4) }, "four pets");
    const payload = { pull_request: pullRequest(head, "feature/comment", "develop") };
    repository.github.faults.push({ request: /comments/, status: 403, message: "may not comment", times: 99 });
    const job = { event: "pull_request", branch: "feature/comment", commit: head, actor: "alice", payload } as const;
    const run = await repository.job({ ...job, run: 9 });
    ended(run, 0);
    assert.match(run.stdout, /warning: the pull request was not commented on: github has no answer .*: 403/);
    assert.match(run.summary, /### Preview of tst/);
  });
});
