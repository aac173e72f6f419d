import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { isProvenGone, ownProcess } from "../../../../rehearsal/engine/backend/process-identity";
import { lockStack } from "../../../../rehearsal/engine/backend/stack-lock";
import { stackReference } from "../../../../rehearsal/engine/backend/stack-reference";
import { StateDirectory } from "../../../../rehearsal/engine/backend/state-directory";
import { projectDirectory, type ProjectDirectory } from "../project-directory";

const stack = stackReference("demo", "dev");
const ignore = (): void => undefined;

/** Says "ready", waits for a line, tries the lock, says how that went, and keeps it. */
const HOLDER = `
  const { lockStack } = require("./rehearsal/engine/backend/stack-lock.ts");
  const { StateDirectory } = require("./rehearsal/engine/backend/state-directory.ts");
  const stack = ${JSON.stringify(stack)};
  setInterval(() => undefined, 1000);
  console.log("ready");
  process.stdin.once("data", async () => {
    const state = await StateDirectory.open("file://state", process.argv[1]);
    lockStack(state, stack, () => undefined).then(() => console.log("held"), (fault) => console.log(fault.message));
  });`;

describe("lock of a process that is gone", function () {
  this.timeout(120_000);
  let project: ProjectDirectory;
  let state: StateDirectory;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    project = await projectDirectory();
    state = await StateDirectory.open("file://state", project.root);
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map(kill));
    await project.remove();
  });

  async function start(): Promise<{ child: ChildProcess; lines: Interface }> {
    const child = spawn(process.execPath, ["--require", "tsx/cjs", "--eval", HOLDER, project.root], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    children.push(child);
    const lines = createInterface(child.stdout);
    await once(lines, "line");
    return { child, lines };
  }

  async function tryLock({ child, lines }: { child: ChildProcess; lines: Interface }): Promise<string> {
    const line = once(lines, "line");
    child.stdin?.write("\n");
    return String((await line)[0]);
  }

  it("is taken over with a warning, and by one only of those that try at once", async () => {
    const owner = await start();
    assert.equal(await tryLock(owner), "held");
    await assert.rejects(lockStack(state, stack, ignore), /locked by 1 lock\(s\)/, "the owner lives");
    const contenders = await Promise.all([start(), start(), start()]);
    await kill(owner.child);
    const results = await Promise.all(contenders.map(tryLock));
    assert.equal(results.filter((result) => result === "held").length, 1, results.join("\n"));
    assert.ok(results.every((result) => result === "held" || result.includes("currently locked")));
    await Promise.all(contenders.map(({ child }) => kill(child)));
    const warnings: string[] = [];
    const lock = await lockStack(state, stack, (message) => warnings.push(message));
    assert.match(warnings.join(), /^the lock of a process that has ended was taken over: created by \S+ \(pid \d+\)/);
    assert.equal((await readdir(state.lockDirectory(stack))).filter((name) => name.endsWith(".json")).length, 1);
    await lock.release();
  });

  it("is refused where nothing proves that its owner is gone, and always where that is asked for", async () => {
    const owner = await start();
    assert.equal(await tryLock(owner), "held");
    await kill(owner.child);
    const strict = await StateDirectory.open("file://state", project.root, "refuse");
    await assert.rejects(lockStack(strict, stack, ignore), /locked by 1 lock\(s\)[^]*that process has ended/);
    const [name = ""] = await readdir(state.lockDirectory(stack));
    const file = join(state.lockDirectory(stack), name);
    const lock = JSON.parse(await readFile(file, "utf8")) as { owner: Record<string, string> };
    for (const owner of [undefined, { ...lock.owner, boot: "another" }, { ...lock.owner, hostname: "another" }]) {
      await writeFile(file, JSON.stringify({ ...lock, owner }));
      await assert.rejects(lockStack(state, stack, ignore), /locked by 1 lock\(s\)/);
    }
  });

  it("is told from that of a living process of the same number by when that started", async () => {
    const own = await ownProcess();
    assert.ok(own, "the system tells when a process started");
    assert.equal(await isProvenGone(own, process.pid), false);
    assert.equal(await isProvenGone({ ...own, started: "1" }, process.pid), true);
    assert.equal(await isProvenGone({ ...own, namespace: "pid:[1]" }, 2 ** 22 + 1), false);
    assert.equal(await isProvenGone(own, 2 ** 22 + 1), true);
  });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
