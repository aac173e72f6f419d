import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AutomationError } from "../errors";
import type { OwnersPort } from "../ports/owners";
import { ownerId } from "../state/run-owner";
import { readRun, type RecordedRun } from "./recorded-run";

/** The journal of the last run of an environment. */
export interface LastRun {
  readonly file: string;
  readonly text: string;
  readonly run: RecordedRun;
}

/** Reads the newest journal of a directory; undefined where there is none. Throws AutomationError for a damaged one. */
export async function lastRun(directory: string): Promise<LastRun | undefined> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".jsonl")).sort();
  for (const name of names.reverse()) {
    const file = join(directory, name);
    const text = await readFile(file, "utf8");
    // A run that was killed as it wrote its first line has begun nothing.
    if (text.includes("\n")) return { file, text, run: readRun(text, file) };
  }
  return undefined;
}

/** Throws a refusal while the owner of a run that has not ended may be at work. */
export async function refuseLiving(owners: OwnersPort, { file, run }: LastRun): Promise<void> {
  const { owner, ended } = run;
  if (ended) return;
  if (owner.process && (await owners.isProcessGone(owner.process, owner.pid))) return;
  if (owner.ciRun && (await owners.hasEnded(owner.ciRun))) return;
  const who = `${ownerId(owner)} (process ${owner.pid} on ${owner.host}, user ${owner.user})`;
  throw new AutomationError("refused", `the last run belongs to ${who}, which is not proven to have ended`, {
    hint: `wait for it to end; where you know that it is gone, begin a new run: trunkline up, or remove ${file}`,
  });
}
