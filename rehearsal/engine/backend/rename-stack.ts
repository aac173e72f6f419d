import { EngineError } from "../engine-error";
import { moveBlob } from "./blob";
import { readCheckpoint, writeCheckpoint } from "./checkpoint";
import { moveHistory } from "./history";
import { renameDeployment } from "./rename-deployment";
import { lockStack } from "./stack-lock";
import type { StackReference } from "./stack-reference";
import { readTags, writeTags } from "./stack-tags";
import type { StateDirectory } from "./state-directory";

/** Gives a stack another name, with its resources, tags and history. Throws EngineError where the name is taken. */
export async function renameStackFiles(
  directory: StateDirectory,
  from: StackReference,
  to: StackReference,
  warn: (message: string) => void,
): Promise<void> {
  const lock = await lockStack(directory, from, warn);
  try {
    if (await readCheckpoint(directory, to)) throw new EngineError(`a stack named ${to.name} already exists`);
    const checkpoint = await readCheckpoint(directory, from);
    const latest = checkpoint?.latest && renameDeployment(checkpoint.latest, from, to);
    await writeCheckpoint(directory, to, latest, checkpoint?.features);
    await writeTags(directory, to, await readTags(directory, from));
    await moveBlob(directory.stackFile(from), `${directory.stackFile(from)}.bak`);
    await writeTags(directory, from, {});
    await moveHistory(directory, from, to);
  } finally {
    await lock.release();
  }
}
