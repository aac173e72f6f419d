import assert from "node:assert/strict";
import { BundleProject } from "../support/bundle-project";
import { CliProject } from "../support/cli-project";
import { GitRepository } from "../support/git-repository";

const FILES = {
  "package.json": '{ "name": "sample", "version": "1.0.0" }',
  "Pulumi.yaml":
    'name: sample\nmain: index.ts\nruntime:\n  name: nodejs\n  options: { typescript: false, nodeargs: "--import tsx" }\n',
  "Pulumi.prd.yaml": "config: {}\n",
  "index.ts": 'import { RandomPet } from "@pulumi/random/randomPet";\nexport const name = new RandomPet("pet").id;\n',
};

describe("a bundle on the command line", function () {
  this.timeout(300_000);
  let project: BundleProject;
  before(() => (project = new BundleProject(FILES)));
  after(() => project.remove());

  const run = (...args: readonly string[]) => project.files.run(args);
  const upOf = (...more: readonly string[]) =>
    run("up", "--target", "rehearsal", "--env", "prd", "--bundle", "prd.bundle", ...more);

  it("is made, refused without approval with exit code 3, approved with a key, and applied", async () => {
    const alice = project.key("alice");
    project.repository.commit(
      { ".github/allowed_signers": `alice@example.com ${alice.line}\n` },
      "list who may approve",
    );
    const previewed = await run("preview", "--target", "rehearsal", "--env", "prd", "--bundle", "prd.bundle");
    assert.equal(previewed.code, 0, previewed.stdout + previewed.stderr);
    const [, digest = ""] = /bundle (sha256:[0-9a-f]{64})/.exec(previewed.stdout) ?? assert.fail(previewed.stdout);

    const refused = await upOf();
    assert.equal(refused.code, 3, refused.stdout + refused.stderr);
    assert.match(refused.stdout, /the gate is closed; nothing was changed[\s\S]*approval-missing: prd needs 1 by/);
    assert.deepEqual(project.files.resources("sample", "prd"), []);

    const key = ["--key", alice.file, "--as", "alice@example.com", "--out", "alice.approval"];
    const wrong = await run("approve", "--bundle", "prd.bundle", "--digest", "0123456789ab", ...key);
    assert.equal(wrong.code, 3, wrong.stdout + wrong.stderr);
    const approved = await run("approve", "--bundle", "prd.bundle", "--digest", digest.slice(7, 19), ...key);
    assert.equal(approved.code, 0, approved.stdout + approved.stderr);

    const applied = await upOf("--approval", "alice.approval");
    assert.equal(applied.code, 0, applied.stdout + applied.stderr);
    assert.match(applied.stdout, /approved by alice@example\.com \(signatures by \.github\/allowed_signers\)/);
    assert.equal(project.files.resources("sample", "prd").filter(({ urn }) => urn.endsWith("::pet")).length, 1);

    const again = await upOf("--approval", "alice.approval", "--json");
    assert.equal(again.code, 3, again.stdout + again.stderr);
    const { kind, decision } = JSON.parse(again.stdout) as { kind: string; decision: { reasons: { code: string }[] } };
    assert.deepEqual([kind, decision.reasons.map(({ code }) => code)], ["refused", ["state-moved"]]);
  });

  it("fails where what is about a bundle is asked without one", async () => {
    for (const args of [
      ["up", "--digest", "0123456789ab"],
      ["up", "--bundle", "prd.bundle", "--resume"],
      ["up", "--bundle", "prd.bundle", "--all"],
      ["up", "--bundle", "nowhere", "--all"],
      ["preview", "--expires-in", "2"],
    ]) {
      const { code, stderr, stdout } = await run(...args, "--target", "rehearsal", "--env", "prd");
      assert.equal(code, 2, `${args.join(" ")}: ${stdout}${stderr}`);
    }
  });
});

describe("a bundle of this repository's own program", function () {
  this.timeout(300_000);
  let project: CliProject;
  before(() => {
    project = CliProject.ofRepository();
    new GitRepository(project.root, "feature/own").commit({ ".gitignore": "node_modules\n.trunkline\n*.bundle\n" });
  });
  after(() => project.remove());

  const of = (verb: string) => project.run([verb, "--target", "rehearsal", "--env", "dev", "--bundle", "dev.bundle"]);

  it("is applied at first without its plan, which cannot bind providers that it configures, and then to its plan", async () => {
    for (const [round, told] of [
      ["the first", /the engine's plan cannot bind resources of .*kubernetes-provider/],
      ["the second", /^(?![\s\S]*cannot bind)/],
    ] as const) {
      if (round === "the second") {
        const changed = project.read("Pulumi.dev.yaml").replace("cost-center: ml-platform", "cost-center: ml-research");
        new GitRepository(project.root, "feature/own").commit({ "Pulumi.dev.yaml": changed });
      }
      const previewed = await of("preview");
      assert.equal(previewed.code, 0, round + previewed.stdout + previewed.stderr);
      const applied = await of("up");
      assert.equal(applied.code, 0, round + applied.stdout + applied.stderr);
      assert.match(applied.stderr, told);
    }
  });
});
