import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { FileJournal } from "../../../automation/journal/file-journal";
import type { RunEntry } from "../../../automation/journal/journal-entry";
import { isComplete, readRun } from "../../../automation/journal/recorded-run";

const owner = { host: "runner-1", pid: 42, user: "ci" };
const begun: RunEntry = {
  kind: "run",
  version: 1,
  run: "r1",
  at: "2026-11-21T10:00:00.000Z",
  target: "rehearsal",
  environment: "dev",
  stacks: ["network", "app"],
  dependencies: { network: [], app: ["network"] },
  owner,
};

describe("the journal of a run", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "trunkline-journal-"))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const read = (file: string) => readRun(readFileSync(file, "utf8"), file);

  it("tells the last state of each stack, and whether its owner let go of it", async () => {
    const journal = await FileJournal.begin(directory, begun);
    await journal.record("network", "applying");
    await journal.record("network", "applied");
    await journal.record("app", "applying");
    const states = () => [...read(journal.file).stacks].map(([stack, { state }]) => [stack, state]);
    assert.deepEqual(states(), [
      ["network", "applied"],
      ["app", "applying"],
    ]);
    assert.equal(read(journal.file).ended, false);
    await journal.record("app", "failed", "no quota");
    await journal.end();
    assert.equal(read(journal.file).ended, true);
    assert.equal(read(journal.file).stacks.get("app")?.detail, "no quota");
    assert.equal(isComplete(read(journal.file)), false);
  });

  it("is readable by its owner only", async () => {
    const journal = await FileJournal.begin(directory, begun);
    await journal.end();
    assert.equal(statSync(journal.file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(directory), ["20261121100000000-r1.jsonl"]);
  });

  it("keeps records whole and in order when several stacks report at once", async () => {
    const journal = await FileJournal.begin(directory, begun);
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => journal.record(index % 2 ? "app" : "network", "failed", `${index}`)),
    );
    await journal.end();
    const run = read(journal.file);
    assert.deepEqual([run.stacks.get("network")?.detail, run.stacks.get("app")?.detail], ["48", "49"]);
  });

  it("loses nothing but the record that a crash cut, and goes on after it", async () => {
    const journal = await FileJournal.begin(directory, begun);
    const sizes = [statSync(journal.file).size];
    for (const state of ["applying", "applied"] as const) {
      await journal.record("network", state);
      sizes.push(statSync(journal.file).size);
    }
    await journal.end();
    const whole = readFileSync(journal.file);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: sizes[0]!, max: sizes[2]! }), async (cut) => {
        writeFileSync(journal.file, whole);
        truncateSync(journal.file, cut);
        const expected = cut < sizes[1]! ? "planned" : cut < sizes[2]! ? "applying" : "applied";
        assert.equal(read(journal.file).stacks.get("network")?.state, expected);
        const other = { ...owner, pid: 43 };
        const again = await FileJournal.resume(journal.file, readFileSync(journal.file, "utf8"), other);
        await again.record("app", "applied");
        const { stacks, ...run } = read(journal.file);
        assert.equal(run.owner.pid, 43);
        assert.deepEqual([stacks.get("network")?.state, stacks.get("app")?.state], [expected, "applied"]);
        await again.end();
      }),
    );
  });

  it("fails for a line in the middle that is not a journal's, and names it", async () => {
    const journal = await FileJournal.begin(directory, begun);
    await journal.end();
    const [first, second] = readFileSync(journal.file, "utf8").split("\n");
    writeFileSync(journal.file, `${first}\n{"kind":"stack"}\n${second}\n`);
    assert.throws(() => read(journal.file), /line 2 of the journal .* is not one of a journal/);
  });

  it("fails for a stack that the run does not have", async () => {
    const journal = await FileJournal.begin(directory, begun);
    await journal.record("foreign", "applied");
    await journal.end();
    assert.throws(() => read(journal.file), /line 2/);
  });
});
