import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { CliProject } from "../support/cli-project";

const FILES = {
  "package.json": '{ "name": "sample", "version": "1.0.0" }',
  "Pulumi.yaml":
    'name: sample\nmain: index.ts\nruntime:\n  name: nodejs\n  options: { typescript: false, nodeargs: "--import tsx" }\n',
  "Pulumi.dev.yaml": "config:\n  sample:size: 2\n",
  "index.ts": `import * as pulumi from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random/randomPet";
const pet = new RandomPet("pet", { length: Number(new pulumi.Config().require("size")) });
export const name = pet.id;
export const hidden = pulumi.secret("not to be seen");
`,
};
const STATE = ".trunkline/rehearsal/state/.pulumi/stacks/sample/dev.json";

describe("bad input", function () {
  this.timeout(300_000);
  let project: CliProject;

  before(async () => {
    project = new CliProject(FILES);
    const run = await up();
    assert.equal(run.code, 0, run.stdout + run.stderr);
  });
  after(() => project.remove());
  afterEach(() => {
    for (const [path, content] of Object.entries(FILES)) project.write(path, content);
  });

  const up = (env = "dev") => project.run(["up", "--target", "rehearsal", "--env", env]);

  /** Runs an update that must fail with one error, and leave the resources of the state as they were. */
  async function fails(expected: RegExp, code: number, env = "dev"): Promise<void> {
    const before = project.resources("sample", "dev").map(identity);
    const run = await up(env);
    const all = run.stdout + run.stderr;
    assert.equal(run.code, code, all);
    assert.match(all, expected);
    assert.ok(!all.includes("not to be seen"), all);
    assert.equal(all.match(/^error: /gm)?.length, 1, all);
    assert.ok(!/^\s+at .*(?:dist\/cli|node:internal)/m.test(all), `no stack of the CLI itself:\n${all}`);
    assert.deepEqual(project.resources("sample", "dev").map(identity), before);
  }

  /** What a resource is: where in the program it stands may change. */
  function identity({ urn, id, outputs }: ReturnType<CliProject["resources"]>[number]): unknown {
    return { urn, id, outputs };
  }

  it("fails for an environment without settings", () => fails(/Pulumi\.prd\.yaml does not exist/, 2, "prd"));

  it("fails for an unknown environment, and names those that there are", () =>
    fails(/unknown environment "def", the environments are dev, tst, prd\nnext: did you mean --env dev/, 2, "def"));

  it("fails for an environment that is not there yet, and says how to make it", async () => {
    project.write("Pulumi.tst.yaml", FILES["Pulumi.dev.yaml"]);
    const run = await project.run(["outputs", "--target", "rehearsal", "--env", "tst"]);
    assert.equal(run.code, 2, run.stdout + run.stderr);
    assert.match(
      run.stderr,
      /environment tst does not exist yet in .*\nnext: .*trunkline up --target rehearsal --env tst\n/,
    );
    rmSync(join(project.root, "Pulumi.tst.yaml"));
  });

  it("fails outside a project", async () => {
    const run = await project.run(["up", "--target", "rehearsal", "--env", "dev", "--cwd", "/"]);
    assert.deepEqual([run.code, /no Pulumi\.yaml in \//.test(run.stderr)], [2, true]);
  });

  it("fails for settings that are no YAML", async () => {
    project.write("Pulumi.dev.yaml", "config: [");
    await fails(/Pulumi\.dev\.yaml cannot be read/, 2);
  });

  it("fails for a missing config value", async () => {
    project.write("Pulumi.dev.yaml", "config: {}\n");
    await fails(/Missing required configuration variable 'sample:size'/, 1);
  });

  it("fails for a program that throws before it registers anything", async () => {
    project.write("index.ts", 'throw new Error("no luck");');
    await fails(/no luck[\s\S]*index\.ts:1/, 1);
  });

  it("fails for a program that throws after it has registered resources", async () => {
    project.write("index.ts", `${FILES["index.ts"]}\nthrow new Error("too late");`);
    await fails(/too late/, 1);
  });

  it("fails for two resources of one URN", async () => {
    project.write("index.ts", `${FILES["index.ts"]}\nnew RandomPet("pet");`);
    await fails(/[Dd]uplicate resource URN/, 1);
  });

  it("fails for them while others are on their way, and says nothing of what these met", async () => {
    project.write(
      "index.ts",
      `${FILES["index.ts"]}
const later = pet.id.apply((id) => new Promise<string>((resolve) => setTimeout(() => resolve(id), 50)));
for (let i = 0; i < 20; i++) new RandomPet(\`pet\${i}\`, { prefix: later });
pet.id.apply(() => new RandomPet("pet"));`,
    );
    await fails(/[Dd]uplicate resource URN/, 1);
  });

  it("fails for a program that does not parse", async () => {
    project.write("index.ts", "const = ;");
    await fails(/index\.ts:1/, 1);
  });

  it("fails for a lock that another process holds, and goes on once it is cancelled", async () => {
    const lock = { pid: 1, username: "someone", hostname: hostname(), timestamp: new Date().toISOString() };
    project.write(".trunkline/rehearsal/state/.pulumi/locks/organization/sample/dev/held.json", JSON.stringify(lock));
    await fails(/the stack is currently locked by 1 lock\(s\)[\s\S]*next: .*trunkline cancel/, 1);
    const cancel = ["cancel", "--target", "rehearsal", "--env", "dev"];
    const refused = await project.run(cancel);
    assert.equal(refused.code, 3, refused.stderr);
    const owner = `${hostname()}:1`;
    assert.match(
      refused.stdout,
      new RegExp(`  ${owner}  of someone since ${lock.timestamp}: process 1 (?:of a run that has ended )?is alive`),
    );
    assert.match(refused.stdout, new RegExp(`\\nnext: .*trunkline cancel --force ${owner}\\n`));
    const foreign = await project.run([...cancel, "--force", "elsewhere:7"]);
    assert.equal(foreign.code, 2);
    assert.ok(foreign.stderr.includes(`belongs to "elsewhere:7", the owners are: ${owner}`), foreign.stderr);
    const cancelled = await project.run([...cancel, "--force", owner]);
    assert.equal(cancelled.code, 0, cancelled.stderr);
    assert.equal((await up()).code, 0);
  });

  it("fails for a state file that is cut in half", async () => {
    const whole = project.read(STATE);
    project.write(STATE, whole.slice(0, whole.length / 2));
    const run = await up();
    assert.equal(run.code, 1, run.stdout + run.stderr);
    assert.match(run.stdout + run.stderr, /dev\.json/);
    assert.equal(project.read(STATE), whole.slice(0, whole.length / 2));
    project.write(STATE, whole);
    assert.equal((await up()).code, 0);
  });

  it("fails for another passphrase than the state's", async () => {
    const passphrase = project.read(".trunkline/rehearsal/passphrase");
    project.write(".trunkline/rehearsal/passphrase", "another");
    await fails(/incorrect passphrase/, 1);
    project.write(".trunkline/rehearsal/passphrase", passphrase);
    assert.equal((await up()).code, 0);
  });

  it("fails where the directory cannot be written to", async () => {
    const other = new CliProject({ ...FILES, ".trunkline": "a file in the way" });
    try {
      const run = await other.run(["up", "--target", "rehearsal", "--env", "dev"]);
      assert.equal(run.code, 1, run.stderr);
      assert.match(run.stderr, /^error: the rehearsal cannot write to .*\nnext: make the directory writable/);
    } finally {
      other.remove();
    }
  });

  it("stops a program that never ends on Ctrl-C, in a state from which the next run goes on", async () => {
    const first = `${FILES["index.ts"]}\nnew RandomPet("first");\n`;
    project.write("index.ts", `${first}setInterval(() => undefined, 1000);`);
    const stopped = await project.run(["up", "--target", "rehearsal", "--env", "dev"], {
      text: "RandomPet  first",
      signal: "SIGINT",
    });
    assert.equal(stopped.code, 1, stopped.stdout + stopped.stderr);
    assert.match(stopped.stdout, /up was stopped; the state is whole, and the next run goes on from it/);
    assert.equal(project.resources("sample", "dev").filter(({ urn }) => urn.endsWith("::first")).length, 1);
    project.write("index.ts", `${first}new RandomPet("second");`);
    const next = await up();
    assert.equal(next.code, 0, next.stdout + next.stderr);
    assert.match(next.stdout, /1 created, \d+ unchanged/);
  });
});
