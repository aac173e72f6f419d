import assert from "node:assert/strict";
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AutomationError } from "../../../automation/errors";
import { owners } from "../../../automation/ports/owners";
import { FileReleaseJournal } from "../../../automation/release/release-journal";
import { lockRelease } from "../../../automation/release/release-lock";
import { OWNER } from "../../support/release-runs";

const refusal = (code: string, text: RegExp) => (error: unknown) =>
  error instanceof AutomationError && error.code === code && text.test(error.message);
const clock = () => new Date("2026-11-28T12:00:00Z");

describe("the lock of an endpoint's releases", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "trunkline-release-"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it("refuses a second release with the owner of the first, and lets it in once the first has ended", async () => {
    const unlock = await lockRelease(directory, "fares", owners());
    const own = new RegExp(`a release of fares is under way by .*process ${process.pid} on `);
    await assert.rejects(lockRelease(directory, "fares", owners()), refusal("refused", own));
    await (
      await lockRelease(directory, "other", owners())
    )();
    await unlock();
    await (
      await lockRelease(directory, "fares", owners())
    )();
    assert.deepEqual(await readdir(directory), []);
  });

  it("lets one of many in", async () => {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockRelease(directory, "fares", owners())));
    assert.equal(tries.filter(({ status }) => status === "fulfilled").length, 1);
  });

  it("is taken over from an owner that is proven to be gone, by one of many", async () => {
    const dead = { ...(await owners().own()), pid: 2 ** 22 - 1 };
    const gone = { ...owners(), isProcessGone: async (_: unknown, pid: number) => pid === dead.pid };
    await writeFile(join(directory, "fares.lock"), JSON.stringify(dead));
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockRelease(directory, "fares", gone)));
    assert.equal(tries.filter(({ status }) => status === "fulfilled").length, 1);
    assert.deepEqual(await readdir(directory), ["fares.lock"]);
  });

  it("is kept from an owner of whom nothing is known, and where the file is none", async () => {
    await writeFile(join(directory, "fares.lock"), "half a li");
    await assert.rejects(lockRelease(directory, "fares", owners()), refusal("refused", /whom its lock does not name/));
    assert.equal(await readFile(join(directory, "fares.lock"), "utf8"), "half a li");
  });
});

describe("the journal of an endpoint's releases", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "trunkline-release-"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const begun = { kind: "begun", version: 1, release: "r1", slot: "blue", model: "fare:2", owner: OWNER } as const;

  it("tells the last release when it is opened again, without a line that a crash has cut", async () => {
    const journal = await FileReleaseJournal.open(directory, "fares", clock);
    assert.equal(journal.record, undefined);
    await journal.add({ ...begun, previous: { green: 100 } });
    await journal.add({ kind: "deployed" });
    await journal.add({ kind: "tested", cases: 2 });
    await journal.add({ kind: "traffic", state: "doing", traffic: { blue: 10, green: 90 }, mirror: {} });
    await journal.close();
    await appendFile(join(directory, "fares.jsonl"), '{"kind":"traf');
    const again = await FileReleaseJournal.open(directory, "fares", clock);
    assert.deepEqual(again.record, {
      release: "r1",
      at: "2026-11-28T12:00:00.000Z",
      slot: "blue",
      model: "fare:2",
      previous: { green: 100 },
      deployed: true,
      tested: true,
      maps: [{ green: 100 }, { blue: 10, green: 90 }],
      held: [],
      removed: [],
    });
    await again.add({ kind: "outcome", outcome: "returned", reason: "too slow" });
    await again.close();
    const text = await readFile(join(directory, "fares.jsonl"), "utf8");
    assert.equal(text.trimEnd().split("\n").length, 5);
    assert.equal((await FileReleaseJournal.read(directory, "fares"))?.outcome, "returned");
  });

  it("fails for a line that is none of it, and for one before a release has begun", async () => {
    const file = join(directory, "fares.jsonl");
    await writeFile(file, '{"kind":"deployed","at":"2026-11-28T12:00:00Z"}\n');
    await assert.rejects(FileReleaseJournal.read(directory, "fares"), refusal("fault", /line 1 of the journal/));
    await writeFile(file, "something else\n");
    await assert.rejects(FileReleaseJournal.open(directory, "fares", clock), refusal("fault", /line 1 of the journal/));
    assert.equal(await readFile(file, "utf8"), "something else\n");
  });
});
