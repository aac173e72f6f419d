import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { CliProject } from "../support/cli-project";
import { GitRepository } from "../support/git-repository";
import { projectFile } from "../support/workspace-files";

/** Its update waits once its resource is made, with the stack's lock, and would do so for ten minutes. */
const program = (name: string) => `import * as pulumi from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random/randomPet";
new RandomPet("${name}").id.apply(() => {
  if (!pulumi.runtime.isDryRun()) return new Promise((done) => setTimeout(done, 600_000));
});
`;
const FILES = {
  "package.json": '{ "name": "slow", "version": "1.0.0" }',
  ".gitignore": "node_modules\n.trunkline\n",
  "Pulumi.yaml": projectFile("slow"),
  "Pulumi.dev.yaml": "config: {}\n",
};

describe("a job that is told to stop", function () {
  this.timeout(300_000);
  let project: CliProject;
  let repository: GitRepository;
  before(() => {
    project = new CliProject(FILES);
    repository = new GitRepository(project.root, "feature/one");
  });
  after(() => project.remove());

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`gives its lock up upon ${signal}, tells of the stack in report and journal, and leaves the rest to the next one`, async () => {
      const commit = repository.commit({ "index.ts": program(signal) });
      project.env = {
        CI: "true",
        GITHUB_ACTIONS: "true",
        GITHUB_EVENT_NAME: "push",
        GITHUB_REF: "refs/heads/feature/one",
        GITHUB_SHA: commit,
        GITHUB_REPOSITORY: "acme/platform",
        GITHUB_RUN_ID: signal === "SIGINT" ? "1" : "2",
        GITHUB_RUN_ATTEMPT: "1",
      };
      const run = await project.run(["ci", "--target", "rehearsal"], {
        text: `RandomPet  ${signal}`,
        signal,
      });
      assert.equal(run.code, 1, run.stdout + run.stderr);
      const locks = project.path(".trunkline/rehearsal/state/.pulumi/locks/organization/slow/dev");
      assert.deepEqual(existsSync(locks) ? readdirSync(locks) : [], []);
      const report = JSON.parse(project.read(".trunkline/ci/report.json")) as { stacks: { result: string }[] };
      assert.deepEqual(
        report.stacks.map(({ result }) => result),
        ["stopped"],
      );
      const folder = ".trunkline/rehearsal/journal/dev";
      const journal = project.read(`${folder}/${readdirSync(project.path(folder)).sort().at(-1)}`);
      assert.match(journal, /"stack":"slow","state":"applying"[\s\S]*"state":"failed","detail":"it was told to stop"/);
      assert.match(journal, /"kind":"ended"/);
    });
  }
});
