import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { followFile } from "../../../../rehearsal/cloud/local/follow-file";
import {
  logFile,
  processState,
  removeProcess,
  startProcess,
  stopProcess,
  type LocalState,
} from "../../../../rehearsal/cloud/local/local-process";

describe("a process in the place of a container", function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "trunkline-process-"));
  });
  afterEach(() => removeProcess(root));

  const start = (script: string, env: Record<string, string> = {}) =>
    startProcess(root, { command: ["sh", "-c", script], env: { PATH: process.env.PATH ?? "", ...env }, cwd: root });

  async function ended(): Promise<LocalState | undefined> {
    for (;;) {
      const state = await processState(root);
      if (state?.kind !== "running") return state;
      await sleep(20);
    }
  }

  for (const code of [0, 3]) {
    it(`leaves its log and its exit code ${code} behind`, async () => {
      await start(`echo out; echo err >&2; echo "$OWN"; exit ${code}`, { OWN: "a b" });
      const state = await ended();
      assert.deepEqual(state?.kind === "ended" && state.exitCode, code);
      assert.deepEqual((await readFile(logFile(root), "utf8")).split("\n").sort(), ["", "a b", "err", "out"]);
    });
  }

  it("gets nothing of its starter's environment but what it is given", async () => {
    process.env.CANARY = "canary";
    try {
      await start("env");
      await ended();
      assert.doesNotMatch(await readFile(logFile(root), "utf8"), /canary/i);
    } finally {
      delete process.env.CANARY;
    }
  });

  it("is ended with everything that it started, and says so", async () => {
    await start("sleep 600 & sleep 600");
    assert.equal((await processState(root))?.kind, "running");
    await stopProcess(root);
    const state = await processState(root);
    assert.deepEqual(state?.kind === "ended" && state.exitCode, 143);
  });

  it("is told to end first, and ends with a code of its own", async () => {
    await start("trap 'exit 5' TERM; echo ready; while :; do sleep 0.1; done");
    while (!(await readFile(logFile(root), "utf8")).includes("ready")) await sleep(20);
    await stopProcess(root);
    const state = await processState(root);
    assert.deepEqual(state?.kind === "ended" && state.exitCode, 5);
  });

  it("is ended by force where it does not listen", async () => {
    await start("trap '' TERM; echo ready; while :; do sleep 0.1; done");
    while (!(await readFile(logFile(root), "utf8")).includes("ready")) await sleep(20);
    await stopProcess(root);
    const state = await processState(root);
    assert.deepEqual(state?.kind === "ended" && state.exitCode, 137);
  });

  it("is ended with what it started and does not listen", async () => {
    await start("sh -c 'trap \"\" TERM; echo $$; while :; do sleep 0.1; done' & wait");
    let log = "";
    while (!log.includes("\n")) log = await readFile(logFile(root), "utf8");
    await stopProcess(root);
    for (;;) {
      // One that has ended and that nobody has asked for yet still has its number.
      const status = await readFile(`/proc/${log.trim()}/status`, "utf8").catch(() => "");
      if (status === "" || /^State:\s+Z/m.test(status)) break;
      await sleep(20);
    }
  });

  it("counts as killed where it and its supervisor went without a word", async () => {
    await start("sleep 600");
    const { pid } = JSON.parse(await readFile(join(root, "process.json"), "utf8")) as { pid: number };
    process.kill(-pid, "SIGKILL");
    const state = await ended();
    assert.deepEqual(state?.kind === "ended" && state.exitCode, 137);
  });

  it("is none where nothing was started, and is removed with its folder", async () => {
    assert.equal(await processState(root), undefined);
    await stopProcess(root);
    await start("sleep 600");
    await removeProcess(root);
    assert.equal(existsSync(root), false);
  });

  it("fails to start where its folder to work in is not there", async () => {
    await assert.rejects(startProcess(root, { command: ["true"], env: {}, cwd: join(root, "none") }), {
      code: "ENOENT",
    });
  });
});

describe("following a file", function () {
  this.timeout(60_000);
  let file: string;
  beforeEach(async () => {
    file = join(await mkdtemp(join(tmpdir(), "trunkline-follow-")), "log");
  });
  afterEach(() => rm(join(file, ".."), { recursive: true, force: true }));

  it("tells each line once, letters and lines that come in parts included, to the end", async () => {
    await writeFile(file, "one\n");
    const rest = Buffer.from("zwölf\nlast");
    const parts = [...rest].map((byte) => Buffer.from([byte]));
    const lines: string[] = [];
    await followFile(file, {
      signal: new AbortController().signal,
      onLine: (line) => void lines.push(line),
      ended: async () => {
        const part = parts.shift();
        if (part) await writeFile(file, part, { flag: "a" });
        return part === undefined;
      },
    });
    assert.deepEqual(lines, ["one", "zwölf", "last"]);
  });

  it("ends when it is asked to", async () => {
    await writeFile(file, "one\n");
    const lines: string[] = [];
    const onLine = (line: string) => void lines.push(line);
    await followFile(file, { signal: AbortSignal.abort(), onLine, ended: async () => false });
    assert.deepEqual(lines, ["one"]);
  });
});
