import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join, resolve } from "node:path";
import { preview } from "../../automation/commands/preview";
import { rehearse } from "../../automation/commands/rehearse";
import { CliProject } from "../support/cli-project";
import { GitRepository } from "../support/git-repository";
import { verbDeps } from "../support/verb-deps";

const root = resolve(__dirname, "../..");

describe("the example of a consumer, rehearsed with its environment", function () {
  this.timeout(600_000);
  let workspace: CliProject;
  let repository: GitRepository;
  const options = (directory = ".") => ({ cwd: workspace.path(directory), env: "dev", target: "rehearsal" }) as const;

  before(async () => {
    workspace = CliProject.ofRepository();
    cpSync(join(root, "examples/consumer"), workspace.path("examples/consumer"), { recursive: true });
    workspace.write("examples/consumer/Pulumi.dev.yaml", "config: {}\n");
    workspace.write(".gitignore", "node_modules\n.trunkline\n*.bundle\n");
    repository = new GitRepository(workspace.root, "feature/one");
    repository.commit();
    const upstream = await rehearse(verbDeps(), options());
    assert.equal(upstream.kind, "rehearsed");
  });
  after(() => workspace.remove());

  it("gets what it builds on from the outputs of the environment", async () => {
    const result = await rehearse(verbDeps(), options("examples/consumer"));
    assert.ok(result.kind === "rehearsed", JSON.stringify(result));
    const { workspaceHost, jobId } = result.outputs;
    assert.match(String(workspaceHost?.value), /^https:\/\/adb-\d+\.\d+\.azuredatabricks\.net$/);
    const [job] = workspace.resources("scoring", "dev").filter(({ type }) => type === "databricks:index/job:Job");
    assert.equal(job?.id, jobId?.value);
    const { name, tasks } = job?.outputs as { name: string; tasks: { existingClusterId: string }[] };
    const clusters = workspace.resources("trunkline", "dev").filter(({ type }) => type.endsWith(":Cluster"));
    assert.equal(name, "score-fares-dev");
    assert.ok(clusters.some(({ id }) => id === tasks[0]?.existingClusterId));
  });

  it("is named by a preview of the environment that takes away what it reads", async () => {
    const settings = workspace.read("Pulumi.dev.yaml");
    const without = settings.replace(/^ {4}artifacts:\n(?: {6,}.*\n)*/m, "");
    assert.notEqual(without, settings);
    repository.commit({ "Pulumi.dev.yaml": without }, "drop artifacts");
    const result = await preview(verbDeps(), { ...options(), bundle: workspace.path("dev.bundle") });
    assert.ok(result.kind === "bundled", JSON.stringify(result));
    const broken = result.bundle.brokenOutputs?.map(({ path, change, consumers }) => [
      path.join("."),
      change,
      consumers,
    ]);
    assert.deepEqual(broken, [["databricks.artifacts", "removed", ["scoring"]]]);
  });

  it("fails with both stacks and versions while the environment lacks what it reads", async () => {
    const lacking = await rehearse(verbDeps(), options());
    assert.equal(lacking.kind, "rehearsed");
    const result = await rehearse(verbDeps(), options("examples/consumer"));
    assert.ok(result.kind === "failed");
    const told = result.report.tree.messages.map(({ text }) => text).join("\n");
    assert.match(
      told,
      /the output databricks\.artifacts is missing in stack organization\/trunkline\/dev, whose contract version is 1; scoring\/dev reads it by contract version 1/,
    );
  });
});
