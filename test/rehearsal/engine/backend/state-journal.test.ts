import assert from "node:assert/strict";
import { appendFile, chmod, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import fc from "fast-check";
import { readCheckpoint, writeCheckpoint } from "../../../../rehearsal/engine/backend/checkpoint";
import { foldJournal } from "../../../../rehearsal/engine/backend/fold-journal";
import { newManifest } from "../../../../rehearsal/engine/backend/manifest";
import { replayChanges, type StateChange } from "../../../../rehearsal/engine/backend/state-change";
import {
  journalFile,
  parseJournal,
  readJournal,
  StateJournal,
  type JournalHeader,
} from "../../../../rehearsal/engine/backend/state-journal";
import { removeStackFiles } from "../../../../rehearsal/engine/backend/remove-stack";
import { renameStackFiles } from "../../../../rehearsal/engine/backend/rename-stack";
import { lockStack } from "../../../../rehearsal/engine/backend/stack-lock";
import { stackReference } from "../../../../rehearsal/engine/backend/stack-reference";
import { StateDirectory } from "../../../../rehearsal/engine/backend/state-directory";
import type { DeploymentFile } from "../../../../rehearsal/engine/state/deployment-file";
import { projectDirectory, type ProjectDirectory } from "../project-directory";
import { baseDeployment, RandomSteps, thing, type Choice } from "./random-steps";

const stack = stackReference("demo", "dev");
const ignore = (): void => undefined;
const secretsProvider = { type: "passphrase", state: { salt: "v1:x" } };

/** What a checkpoint holds, as text; the time of its writing does not matter. */
function contentOf({ manifest: _, ...content }: DeploymentFile): string {
  const { secrets_providers, metadata, resources, pending_operations, ...rest } = content;
  return JSON.stringify({ secrets_providers, metadata, resources, pending_operations, ...rest });
}

describe("journal of a state", () => {
  let project: ProjectDirectory;
  let state: StateDirectory;
  let file: string;
  let warnings: string[];
  const base = baseDeployment(newManifest(new Date(0)), ["creating", "updating"]);
  const fold = () => foldJournal(state, stack, (message) => warnings.push(message));
  const change = (name: string): StateChange => ({ at: new Date(1).toISOString(), put: [[2, thing(name, name)]] });
  const header = async (): Promise<JournalHeader> => {
    const checkpoint = (await readCheckpoint(state, stack))!.digest;
    return { journal: 1, checkpoint, keptCreations: 1, secretsProvider };
  };
  const leave = async (...changes: StateChange[]): Promise<void> => {
    const first = await header();
    const journal = await StateJournal.create(file);
    await journal.append([first, ...changes]);
    await journal.close();
  };
  const namesOf = async () => ((await readCheckpoint(state, stack))?.latest?.resources ?? []).map(({ id }) => id);

  beforeEach(async () => {
    project = await projectDirectory();
    state = await StateDirectory.open("file://state", join(project.root, "state"));
    file = state.stackFile(stack);
    warnings = [];
    await writeCheckpoint(state, stack, base);
  });
  afterEach(() => project.remove());

  it("gives, wherever it is cut, what the whole state was after the last line that is left", async () => {
    const choices = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { maxLength: 40 });
    const pending = fc.subarray(["creating", "updating", "deleting", "creating"]);
    const first = await header();
    await fc.assert(
      fc.asyncProperty(choices, pending, async (events: readonly Choice[], interrupted) => {
        const latest = baseDeployment(newManifest(new Date(0)), interrupted);
        const steps = new RandomSteps(latest);
        const { start } = steps.recorder;
        const lines: StateChange[] = [];
        const wanted = [contentOf(replayChanges(latest, start, [], secretsProvider))];
        for (const event of events) {
          steps.play(event);
          const taken = steps.recorder.changes.take();
          // What two changes at once lead to is only known after the second.
          lines.push(...taken);
          wanted.push(...taken.map((_, i) => (i === taken.length - 1 ? contentOf(steps.recorder.snapshot()) : "")));
        }
        const journal = await StateJournal.create(file);
        try {
          await journal.append([{ ...first, ...start }]);
          for (const line of lines) await journal.append([line]);
          const bytes = await readFile(journal.file);
          const ends = [...bytes.entries()].flatMap(([at, byte]) => (byte === 10 ? [at] : []));
          for (let cut = 0; cut <= bytes.length; cut += cut % 7 === 0 || ends.includes(cut - 1) ? 1 : 3) {
            const read = parseJournal(bytes.subarray(0, cut), file);
            const whole = ends.filter((end) => end < cut).length;
            assert.equal(read.header === undefined, whole === 0);
            assert.equal(read.changes.length, Math.max(whole - 1, 0));
            if (!read.header || !ends.includes(cut - 1) || wanted[whole - 1] === "") continue;
            const replayed = replayChanges(latest, read.header, read.changes, secretsProvider);
            assert.equal(contentOf(replayed), wanted[whole - 1]);
          }
        } finally {
          await journal.remove();
        }
      }),
      { numRuns: 60 },
    );
  });

  it("is part of what is read, and is brought into the checkpoint under the lock", async () => {
    await leave(change("x"));
    assert.deepEqual(await namesOf(), ["x", "base-a", "base-b"]);
    assert.deepEqual((await readJournal(file))?.changes.length, 1, "reading changes nothing");
    const lock = await lockStack(state, stack, ignore);
    assert.deepEqual(await namesOf(), ["x", "base-a", "base-b"]);
    assert.equal(await readJournal(file), undefined);
    await lock.release();
    const backup = JSON.parse(await readFile(`${file}.bak`, "utf8")) as { checkpoint: { latest: DeploymentFile } };
    assert.equal(backup.checkpoint.latest.resources?.length, 2);
    assert.deepEqual(warnings, []);
  });

  it("keeps interrupted creations and forgets what else was interrupted before, as a whole write does", async () => {
    await leave(change("x"));
    await fold();
    const pending = (await readCheckpoint(state, stack))?.latest?.pending_operations ?? [];
    assert.deepEqual(
      pending.map(({ type }) => type),
      ["creating"],
    );
  });

  it("is removed where the checkpoint holds it already: the crash came between writing that and removing it", async () => {
    await leave(change("x"));
    const journal = await readFile(journalFile(file));
    const first = await header();
    await fold();
    const digest = (await readCheckpoint(state, stack))!.digest;
    // The line that announces the checkpoint is written before it.
    await writeFile(journalFile(file), journal);
    const again = await StateJournal.create(`${file}.other`).catch(() => undefined);
    assert.equal(again, undefined, "a journal belongs to a checkpoint that is there");
    await writeFile(`${file}.scratch`, "");
    const scratch = await StateJournal.create(`${file}.scratch`);
    await scratch.append([first, change("x"), { folded: digest }]);
    await scratch.close();
    await writeFile(journalFile(file), await readFile(scratch.file));
    await fold();
    assert.deepEqual(await namesOf(), ["x", "base-a", "base-b"]);
    assert.equal(await readJournal(file), undefined);
    assert.deepEqual(warnings, []);
  });

  it("is replayed where the checkpoint that it announces was never written", async () => {
    const first = await header();
    const journal = await StateJournal.create(file);
    await journal.append([first, change("x"), { folded: "0".repeat(64) }]);
    await journal.close();
    await fold();
    assert.deepEqual(await namesOf(), ["x", "base-a", "base-b"]);
  });

  it("is set aside, with a warning that names it, where something else has written the checkpoint since", async () => {
    await leave(change("x"));
    const text = await readFile(journalFile(file), "utf8");
    await writeFile(file, (await readFile(file, "utf8")).replace("base-a", "by-the-cli"));
    assert.deepEqual(await namesOf(), ["by-the-cli", "base-b"]);
    await fold();
    assert.deepEqual(await namesOf(), ["by-the-cli", "base-b"]);
    const [aside = ""] = (await readdir(dirname(file))).filter((name) => name.endsWith(".aside"));
    assert.equal(await readFile(join(dirname(file), aside), "utf8"), text);
    assert.equal(warnings.length, 1);
    assert.ok(warnings[0]?.includes(aside) && aside.startsWith(`${basename(file)}.journal.`), warnings[0]);
    assert.deepEqual(
      (await state.stacks()).map(({ name }) => name),
      ["dev"],
    );
  });

  it("counts as empty where its first line was cut", async () => {
    await leave(change("x"));
    await writeFile(journalFile(file), (await readFile(journalFile(file))).subarray(0, 30));
    assert.deepEqual(await namesOf(), ["base-a", "base-b"]);
    await fold();
    assert.equal(await readJournal(file), undefined);
  });

  it("refuses a damaged line that others follow, and changes nothing", async () => {
    await leave(change("x"), change("y"));
    const before = await readFile(file, "utf8");
    const text = (await readFile(journalFile(file), "utf8")).replace('"id":"x"', '"id":"z"');
    await writeFile(journalFile(file), text);
    const message = /the journal \S+dev\.json\.journal is damaged: line 2 is not what was written; nothing was changed/;
    await assert.rejects(lockStack(state, stack, ignore), { name: "EngineError", message });
    await assert.rejects(readCheckpoint(state, stack), message);
    assert.equal(await readFile(journalFile(file), "utf8"), text);
    assert.equal(await readFile(file, "utf8"), before);
    assert.deepEqual(await readdir(state.lockDirectory(stack)), [], "the lock is given back");
  });

  it("is kept where the checkpoint is damaged", async () => {
    await leave(change("x"));
    await writeFile(file, "{");
    await assert.rejects(lockStack(state, stack, ignore), /the checkpoint \S+dev\.json is damaged: it is not JSON/);
    assert.equal((await readJournal(file))?.changes.length, 1);
  });

  it("is readable by whom the checkpoint is", async () => {
    await chmod(file, 0o600);
    await leave(change("x"));
    assert.equal((await stat(journalFile(file))).mode & 0o777, 0o600);
  });

  it("writes no more where something else has changed it", async () => {
    const journal = await StateJournal.create(file);
    await journal.append([await header()]);
    await appendFile(journal.file, "other\n");
    await assert.rejects(
      journal.append([change("x")]),
      /was changed by something else while this process held the stack/,
    );
    await journal.close();
  });

  it("goes with its stack when that is renamed or removed", async () => {
    await leave({ at: new Date(1).toISOString(), put: [[2, thing("x", "x")]] });
    const other = stackReference("demo", "other");
    await renameStackFiles(state, stack, other, (message) => warnings.push(message));
    assert.deepEqual(
      (await readCheckpoint(state, other))?.latest?.resources?.map(({ id }) => id),
      ["x", "base-a", "base-b"],
    );
    const journal = await StateJournal.create(state.stackFile(other));
    await journal.append([
      await header().catch(() => ({ journal: 1, checkpoint: "", keptCreations: 0, secretsProvider }) as const),
    ]);
    await journal.close();
    await removeStackFiles(state, other, true);
    assert.deepEqual(
      (await readdir(dirname(file))).filter((name) => name.startsWith("other")),
      [],
    );
  });
});
