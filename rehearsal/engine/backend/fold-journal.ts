import { rename } from "node:fs/promises";
import { removeBlob } from "./blob";
import { readCheckpointFile, writeCheckpoint } from "./checkpoint";
import { fileFault } from "./file-fault";
import type { StackReference } from "./stack-reference";
import { replayChanges } from "./state-change";
import type { StateDirectory } from "./state-directory";
import { journalFile, markFolded, readJournal } from "./state-journal";

/**
 * Brings what an interrupted operation left in a journal into the checkpoint, and removes the journal; the caller holds the
 * stack's lock. A journal of another checkpoint is set aside: `warn` is told its new name. Throws EngineError, and changes
 * nothing, where either file is damaged.
 */
export async function foldJournal(
  directory: StateDirectory,
  stack: StackReference,
  warn: (message: string) => void,
): Promise<void> {
  const file = directory.stackFile(stack);
  const journal = await readJournal(file);
  if (!journal) return;
  const checkpoint = await readCheckpointFile(file, stack);
  const { header, changes, foldedInto } = journal;
  const belongs = header !== undefined && header.checkpoint === checkpoint?.digest;
  if (belongs && changes.length > 0) {
    const latest = replayChanges(checkpoint.latest, header, changes, header.secretsProvider);
    await writeCheckpoint(directory, stack, latest, checkpoint.features, (digest) => markFolded(file, journal, digest));
  }
  const folded = foldedInto !== undefined && foldedInto === checkpoint?.digest;
  const needless = header === undefined || changes.length === 0 || folded;
  if (belongs || needless) {
    await removeBlob(journalFile(file));
    return;
  }
  const aside = `${journalFile(file)}.${Date.now()}.aside`;
  try {
    await rename(journalFile(file), aside);
  } catch (cause) {
    throw fileFault("write", aside, cause);
  }
  warn(
    `the checkpoint of stack '${stack.name}' was changed after an interrupted operation: what that operation had done is ` +
      `not part of the state and lies in ${aside}; refresh the stack and look for resources that it does not know, then ` +
      "remove the file",
  );
}
