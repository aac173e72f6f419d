import { moveBlob, removeBlob, removeDirectory } from "./blob";
import type { StackReference } from "./stack-reference";
import type { StateDirectory } from "./state-directory";
import { journalFile } from "./state-journal";

/**
 * Removes a stack, its tags and its history. Its last checkpoint stays as `.bak`, and its backups stay, unless
 * `withBackups` is set.
 */
export async function removeStackFiles(
  directory: StateDirectory,
  stack: StackReference,
  withBackups: boolean,
): Promise<void> {
  const file = directory.stackFile(stack);
  if (withBackups) {
    await removeBlob(file);
    await removeBlob(`${file}.bak`);
    await removeDirectory(directory.backupDirectory(stack));
  } else await moveBlob(file, `${file}.bak`);
  await removeBlob(journalFile(file));
  await removeBlob(directory.tagsFile(stack));
  await removeDirectory(directory.historyDirectory(stack));
}
