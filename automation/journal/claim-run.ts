import { randomUUID } from "node:crypto";
import { readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { AutomationError } from "../errors";
import type { OwnersPort } from "../ports/owners";
import { ownerId, type RunOwner } from "../state/run-owner";
import { FileJournal } from "./file-journal";
import { isComplete, readRun, type RecordedRun } from "./recorded-run";

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
  const { file, text, run } = await lastRun(directory);
  if (isComplete(run)) {
    throw new AutomationError("usage", `the last run, of ${run.begun.at}, is complete: nothing is left to resume`, {
      hint: "begin a new one: trunkline up",
    });
  }
  if (!run.ended) await refuseLiving(owners, run.owner);
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

async function lastRun(directory: string): Promise<{ file: string; text: string; run: RecordedRun }> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".jsonl")).sort();
  for (const name of names.reverse()) {
    const file = join(directory, name);
    const text = await readFile(file, "utf8");
    // A run that was killed as it wrote its first line has begun nothing.
    if (text.includes("\n")) return { file, text, run: readRun(text, file) };
  }
  throw new AutomationError("usage", "there is no run to resume", { hint: "begin one: trunkline up" });
}

async function refuseLiving(owners: OwnersPort, owner: RunOwner): Promise<void> {
  if (owner.process && (await owners.isProcessGone(owner.process, owner.pid))) return;
  const ended = owner.ciRun && (await owners.hasEnded(owner.ciRun));
  if (ended) return;
  const who = `${ownerId(owner)} (process ${owner.pid} on ${owner.host}, user ${owner.user})`;
  throw new AutomationError("refused", `the last run belongs to ${who}, which is not proven to have ended`, {
    hint: "wait for it to end; where you know that it is gone, begin a new run: trunkline up",
  });
}

function resumedElsewhere(): AutomationError {
  return new AutomationError("refused", "another process has just resumed the run", { hint: "wait for it to end" });
}
