import assert from "node:assert/strict";
import { statSync } from "node:fs";
import type { PageData, PageStack } from "../../automation/report/page-data";
import { twoStacks } from "../crash/two-stacks";
import type { CliProject } from "../support/cli-project";

const TARGET = ["--target", "rehearsal", "--env", "dev"];
const CLOUD = ".trunkline/rehearsal/cloud.json";
const SECRET = "correct-horse-battery";

describe("the page of a run", function () {
  this.timeout(600_000);
  let project: CliProject;

  before(() => (project = twoStacks()));
  after(() => project.remove());

  function pageOf(file: string): PageData {
    const html = project.read(file);
    assert.ok(!html.includes(SECRET), `the secret is in ${file}`);
    const [, data = ""] = /<script type="application\/json" id="trunkline-data">(.*)<\/script>/.exec(html) ?? [];
    return JSON.parse(data) as PageData;
  }

  async function run(code: number, ...args: readonly string[]): Promise<string> {
    const { stdout, stderr, ...ended } = await project.run([...args, ...TARGET]);
    assert.equal(ended.code, code, stdout + stderr);
    return stdout + stderr;
  }

  const changeOf = ({ resources }: PageStack, name: string) => resources.find((one) => one.name === name);

  const appTags = (tags: string) =>
    project.write(
      "app/index.ts",
      project.read("app/index.ts").replace(/tags: .* \}, \{ provider/, `tags: ${tags} }, { provider`),
    );

  it("is written by an update of every project, with times, dependencies and each property", async () => {
    await run(0, "up", "--all", "--report", "up.html");
    const { title, stacks } = pageOf("up.html");
    assert.equal(title, "Deployment of dev: applied, 6 created");
    assert.equal(statSync(project.path("up.html")).mode & 0o777, 0o600);
    const app = stacks.find((stack) => stack.project === "app");
    assert.ok(app);
    const bucket = changeOf(app, "bucket");
    assert.equal(bucket?.change, "create");
    assert.ok(bucket.properties.some(({ path, new: value }) => path === "bucket" && value === "acme-app"));
    assert.ok((bucket.endMs ?? 0) >= (bucket.startMs ?? Infinity));
    assert.ok(bucket.dependsOn.length + (bucket.parent === undefined ? 0 : 1) > 0);
  });

  it("is written by a preview without a bundle, with secrets masked", async () => {
    appTags(`{ network, owner: pulumi.secret("${SECRET}") }`);
    await run(0, "preview", "--cwd", "app", "--report", "../preview.html");
    const { title, stacks } = pageOf("preview.html");
    assert.equal(title, "Preview of dev: 1 to update");
    assert.deepEqual(
      stacks.flatMap((stack) => changeOf(stack, "bucket")?.properties ?? []).map(({ path, secret }) => [path, secret]),
      [["tags.owner", true]],
    );
  });

  it("is written as JSON where the file is named so, which report and graph read", async () => {
    await run(0, "up", "--cwd", "app", "--report", "../up.json");
    const told = JSON.parse(project.read("up.json")) as { stacks: { counts: object }[] };
    assert.deepEqual(told.stacks[0]?.counts, { same: 2, update: 1 });
    await run(0, "report", "up.json", "--output", "from-json.html");
    const [stack] = pageOf("from-json.html").stacks;
    assert.ok(stack);
    assert.equal(changeOf(stack, "bucket")?.properties[0]?.path, "tags.owner");
  });

  it("is made of the last update without a file, from history and state", async () => {
    const text = await run(0, "report", "--cwd", "app", "--output", "../last.html");
    assert.match(text, /Deployment of dev: applied, 1 updated/);
    const [stack] = pageOf("last.html").stacks;
    assert.ok(stack);
    assert.deepEqual(
      stack.resources.filter(({ change }) => change !== "same").map(({ name, change }) => [name, change]),
      [["bucket", "update"]],
    );
    assert.deepEqual(stack.counts, { same: 2, update: 1 });
    assert.ok((changeOf(stack, "bucket")?.endMs ?? -1) >= 0);
  });

  it("is written by a comparison with the cloud: graph, differences, what is allowed, and secrets masked", async () => {
    const document = JSON.parse(project.read(CLOUD)) as { resources: any[] };
    for (const one of document.resources.filter(({ id }) => id === "acme-app" || id === "acme-network")) {
      for (const side of ["inputs", "outputs"])
        one[side].tags = {
          ...(one.id === "acme-app" && { network: "acme-network" }),
          owner: "somebody",
          seen: "today",
        };
    }
    project.write(CLOUD, JSON.stringify(document));
    const settings = project.read("trunkline.yaml");
    const allowed = "drift:\n  allow:\n    - { urn: '*::bucket', properties: [tags.seen], reason: the scanner }\n";
    project.write("trunkline.yaml", settings + allowed);
    await run(4, "drift", "--report", "drift.html");
    project.write("trunkline.yaml", settings);
    const { title, stacks } = pageOf("drift.html");
    assert.equal(title, "Drift of dev: 2 drifted");
    for (const stack of stacks) {
      assert.equal(stack.tense, "found");
      assert.equal(stack.resources.length, stack.project === "app" ? 4 : 3);
      const bucket = changeOf(stack, "bucket");
      assert.equal(bucket?.change, "update");
      const isSecret = stack.project === "app";
      const shown = (value: string) => [isSecret, isSecret ? "[secret]" : value] as const;
      assert.deepEqual(
        bucket.properties.map(({ path, secret, allowed: why, new: value }) => [path, why, secret, value]),
        [
          ["tags.owner", undefined, ...shown("somebody")],
          ["tags.seen", "the scanner", ...shown("today")],
        ],
      );
    }
  });

  it("is written of a refusal too, and of what failed", async () => {
    const protect = project.read("app/index.ts");
    project.write("app/index.ts", `${protect}\nthrow new Error("the program is broken");\n`);
    await run(1, "up", "--cwd", "app", "--report", "../failed.html");
    project.write("app/index.ts", protect);
    const { title, stacks } = pageOf("failed.html");
    assert.match(title, /^Deployment of dev: failed/);
    assert.ok(stacks[0]?.messages.some(({ text }) => text.includes("the program is broken")));
  });

  it("fails before anything is done where the page cannot be written", async () => {
    const before = project.resources("app", "dev");
    const text = await run(1, "up", "--all", "--report", "nowhere/up.html");
    assert.match(text, /nowhere\/up\.html cannot be written: .*\n.*next: name a file in a folder that exists/);
    assert.deepEqual(project.resources("app", "dev"), before);
  });

  it("fails for a stack that was never updated", async () => {
    project.write("network/Pulumi.tst.yaml", project.read("network/Pulumi.dev.yaml"));
    const ended = await project.run(["report", "--cwd", "network", "--target", "rehearsal", "--env", "tst"]);
    assert.equal(ended.code, 2, ended.stdout + ended.stderr);
    assert.match(ended.stderr, /tst/);
  });
});
