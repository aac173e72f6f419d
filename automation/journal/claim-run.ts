import { randomUUID } from "node:crypto";
import { readFile, rename } from "node:fs/promises";
import { AutomationError } from "../errors";
import type { OwnersPort } from "../ports/owners";
import { FileJournal } from "./file-journal";
import { lastRun, refuseLiving } from "./last-run";
import { isComplete, type RecordedRun } from "./recorded-run";

/** A run that was begun before, and is this process's now. */
export interface ClaimedRun {
  readonly run: RecordedRun;
  readonly journal: FileJournal;
}

/**
 * Takes over the last run of a directory. Throws a usage error where nothing of it is left to do, and a refusal while its
 * owner may be at work.
 */
export async function claimRun(directory: string, owners: OwnersPort): Promise<ClaimedRun> {
  const last = await lastRun(directory);
  if (last === undefined) {
    throw new AutomationError("usage", "there is no run to resume", { hint: "begin one: trunkline up" });
  }
  const { file, text, run } = last;
  if (isComplete(run)) {
    throw new AutomationError("usage", `the last run, of ${run.begun.at}, is complete: nothing is left to resume`, {
      hint: "begin a new one: trunkline up",
    });
  }
  await refuseLiving(owners, last);
  // Of two that resume at the same time one finds the file, and only it goes on with the name that it gave.
  const claimed = file.replace(/(?:\.\w+)?\.jsonl$/, `.${randomUUID().slice(0, 8)}.jsonl`);
  const moved = await rename(file, claimed).then(
    () => true,
    (fault: NodeJS.ErrnoException) => {
      if (fault.code === "ENOENT") return false;
      throw fault;
    },
  );
  if (!moved || (await readFile(claimed, "utf8").catch(() => undefined)) !== text) throw resumedElsewhere();
  const journal = await FileJournal.resume(claimed, text, await owners.own());
  const still = await readFile(claimed).catch(() => undefined);
  if (still === undefined) throw resumedElsewhere();
  return { run, journal };
}

function resumedElsewhere(): AutomationError {
  return new AutomationError("refused", "another process has just resumed the run", { hint: "wait for it to end" });
}
