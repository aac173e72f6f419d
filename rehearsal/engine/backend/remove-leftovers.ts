import { join } from "node:path";
import type { StackReference } from "./stack-reference";
import type { StateDirectory } from "./state-directory";
import { removeTemporaries, removeTemporariesIn } from "./temporary-file";

/** Removes the temporary files that killed operations of a stack have left; the caller holds the stack's lock. */
export async function removeLeftovers(directory: StateDirectory, stack: StackReference): Promise<void> {
  const files = [directory.stackFile(stack), `${directory.stackFile(stack)}.bak`, directory.tagsFile(stack)];
  const meta = join(directory.root, ".pulumi", "meta.yaml");
  await removeTemporaries(...[...files, meta].flatMap((file) => [file, `${file}.attrs`]));
  for (const folder of [
    directory.lockDirectory(stack),
    directory.historyDirectory(stack),
    directory.backupDirectory(stack),
  ]) {
    await removeTemporariesIn(folder);
  }
}
