import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { programLauncher } from "../../../rehearsal/program/launch-program";
import type { ProgramExit, ProgramRequest } from "../../../rehearsal/program/program-launcher";
import { programProject, type ProgramProject } from "./program-project";
import { recordingMonitor, type Recording } from "./recording-monitor";

const PACKAGE = JSON.stringify({ name: "under-test", version: "1.0.0" });

const COMPONENT = `import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export class Thing extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Thing", name);
    this.registerOutputs({ text: readFileSync(join(__dirname, "text.txt"), "utf8") });
  }
}
`;

describe("a launched program", function () {
  this.timeout(120_000);
  let project: ProgramProject;
  let monitor: Recording;
  let output = "";

  beforeEach(async () => {
    monitor = await recordingMonitor();
    output = "";
  });
  afterEach(() => {
    monitor.close();
    project.remove();
  });

  function request(changes: Partial<ProgramRequest> = {}): ProgramRequest {
    return {
      projectRoot: project.root,
      main: "index.ts",
      nodeArgs: ["--import", "tsx"],
      args: {
        monitorAddress: monitor.address,
        engineAddress: monitor.address,
        organization: "organization",
        project: "test",
        stack: "dev",
        dryRun: false,
        parallel: 16,
        config: '{"test:greeting":"hello"}',
        configSecretKeys: "[]",
        pwd: project.root,
        rootDirectory: project.root,
      },
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
      onStdout: (text) => (output += text),
      onStderr: (text) => (output += text),
      ...changes,
    };
  }

  function launch(changes: Partial<ProgramRequest> = {}): Promise<ProgramExit> {
    return programLauncher({ cacheDir: project.cacheDir })(request(changes)).exited;
  }

  it("runs from a bundle twice, the second time with compiled code, and does the same both times", async () => {
    project = programProject({
      "package.json": PACKAGE,
      "lib/text.txt": "beside the component",
      "lib/thing.ts": COMPONENT,
      "index.ts": `import * as pulumi from "@pulumi/pulumi";
import { Thing } from "./lib/thing";

new Thing("first");
export const greeting = new pulumi.Config().require("greeting");
export const name = Thing.name;
console.log(process.cwd());
`,
    });
    for (const run of [1, 2]) {
      const exit = await launch();
      assert.deepEqual(exit, { code: 0, signal: null }, output + monitor.errors.join());
      assert.equal(monitor.registered.length, 2 * run);
    }
    assert.deepEqual(monitor.registered.slice(0, 2).sort(), ["pulumi:pulumi:Stack test-dev", "test:index:Thing first"]);
    // The component's outputs and the stack's arrive in either order.
    const outputs = monitor.outputs.map((found) => JSON.stringify(found));
    assert.deepEqual(outputs.slice(0, 2).sort(), outputs.slice(2).sort());
    assert.ok(outputs.includes('{"text":"beside the component"}'));
    assert.ok(outputs.includes('{"greeting":"hello","name":"Thing"}'));
    assert.ok(monitor.positions.includes(`file://${project.root}/index.ts:4`), monitor.positions.join());
    assert.equal(output, `${project.root}\n`.repeat(2));
  });

  it("fails with a stack that names the user's file and line", async () => {
    project = programProject({
      "package.json": PACKAGE,
      "lib/fault.ts": `interface Unused {
  readonly a: string;
}
export function fault(): never {
  throw new Error("no such thing");
}
`,
      "index.ts": `import "@pulumi/pulumi";
import { fault } from "./lib/fault";
fault();
`,
    });
    const exit = await launch();
    assert.equal(exit.code, 32);
    assert.match(monitor.errors.join("\n"), /no such thing/);
    assert.match(monitor.errors.join("\n"), /lib\/fault\.ts:5:\d+/);
  });

  it("keeps where a leaked promise was made only when asked to show it, and shows it then", async () => {
    project = programProject({
      "package.json": PACKAGE,
      "index.ts": `import "@pulumi/pulumi";
import { debuggablePromise } from "@pulumi/pulumi/runtime/debuggable";

const forever = new Promise<void>(() => {});
void debuggablePromise(forever, "a leak");
console.log(typeof (forever as { _debugStackTrace?: string })._debugStackTrace);
`,
    });
    const quiet = await launch();
    assert.equal(quiet.code, 1);
    assert.match(output, /^undefined\n/);
    assert.match(output, /1 promise was still active/);
    output = "";
    const told = await launch({
      env: { PATH: process.env.PATH, HOME: process.env.HOME, PULUMI_DEBUG_PROMISE_LEAKS: "1" },
    });
    assert.equal(told.code, 1);
    assert.match(output, /^string\n/);
    assert.match(output, /CONTEXT\(\d+\): a leak\nSTACK_TRACE:\n[^]*\/index\.ts:5:/);
  });

  it("runs unbundled, and says why, when a module's name is computed", async () => {
    project = programProject({
      "package.json": PACKAGE,
      "found.js": "exports.value = 1;",
      "index.ts": `import "@pulumi/pulumi";
const name = "./found";
export const value = require(name).value;
`,
    });
    const exit = await launch();
    assert.deepEqual(exit, { code: 0, signal: null }, output + monitor.errors.join());
    assert.match(output, /^the program runs unbundled: index\.ts:3 requires a module whose name is computed\n$/);
    assert.deepEqual(monitor.outputs, [{ value: 1 }]);
  });

  it("runs unbundled when it is an ES module", async () => {
    project = programProject({
      "package.json": JSON.stringify({ name: "under-test", version: "1.0.0", type: "module" }),
      "index.ts": `import "@pulumi/pulumi";
export const place = import.meta.url.split("/").at(-1);
`,
    });
    const exit = await launch();
    assert.deepEqual(exit, { code: 0, signal: null }, output + monitor.errors.join());
    assert.match(output, /index\.ts is an ES module/);
    assert.deepEqual(monitor.outputs, [{ place: "index.ts" }]);
  });

  it("fails as the SDK does when there is no program", async () => {
    project = programProject({ "package.json": PACKAGE });
    const exit = await launch({ main: "." });
    assert.notEqual(exit.code, 0);
    assert.match(output + monitor.errors.join("\n"), /failed to locate the entry point|Cannot find module/);
  });

  it("fails with the place of the fault when the program does not parse", async () => {
    project = programProject({ "package.json": PACKAGE, "index.ts": "const = 1;\n" });
    const exit = await launch();
    assert.notEqual(exit.code, 0);
    assert.match(output + monitor.errors.join("\n"), /index\.ts:1/);
  });

  for (const nodeArgs of [
    ["--import", "tsx"],
    ["--import", "tsx", "--import", "data:text/javascript,0"],
  ]) {
    it(`ends with its group when killed or aborted (${nodeArgs.length > 2 ? "unbundled" : "bundled"})`, async () => {
      project = programProject({
        "package.json": PACKAGE,
        "index.ts": `import "@pulumi/pulumi"; console.log("started"); setInterval(() => {}, 1000);`,
      });
      const controller = new AbortController();
      const launcher = programLauncher({ cacheDir: project.cacheDir });
      const aborted = launcher(request({ nodeArgs, signal: controller.signal }));
      await until(() => output.includes("started"));
      controller.abort();
      assert.deepEqual(await aborted.exited, { code: null, signal: "SIGKILL" });
      const killed = launcher(request({ nodeArgs }));
      killed.kill();
      assert.deepEqual(await killed.exited, { code: null, signal: "SIGKILL" });
    });
  }

  it("ends when the process that launched it is gone", async () => {
    project = programProject({
      "package.json": PACKAGE,
      "index.ts": `import "@pulumi/pulumi"; console.log("pid", process.pid); setInterval(() => {}, 1000);`,
      "launch.ts": `import { programLauncher } from ${JSON.stringify(require.resolve("../../../rehearsal/program/launch-program"))};
        const request = JSON.parse(process.argv[2]!);
        const write = (text: string) => void process.stdout.write(text);
        void programLauncher({ cacheDir: process.argv[3]! })({ ...request, onStdout: write, onStderr: write }).exited;`,
    });
    const parent = spawn(
      process.execPath,
      ["--import", "tsx", project.path("launch.ts"), JSON.stringify(request()), project.cacheDir],
      { cwd: project.root, stdio: ["ignore", "pipe", "inherit"] },
    );
    parent.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    await until(() => /pid \d+\n/.test(output));
    const pid = Number(/pid (\d+)\n/.exec(output)?.[1]);
    assert.ok(isAlive(pid));
    parent.kill("SIGKILL");
    await until(() => !isAlive(pid));
  });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 100_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("waited 100 seconds in vain");
    await sleep(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
