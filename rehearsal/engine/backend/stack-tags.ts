import { EngineError } from "../engine-error";
import { readBlob, removeBlob, writeBlob } from "./blob";
import type { StackReference } from "./stack-reference";
import type { StateDirectory } from "./state-directory";

const VERSION = 1;

/** The tags of a stack by name; none where there is no file of them. */
export async function readTags(directory: StateDirectory, stack: StackReference): Promise<Record<string, string>> {
  const file = directory.tagsFile(stack);
  const text = await readBlob(file);
  if (text === undefined) return {};
  let parsed: { version?: unknown; tags?: Record<string, string> | null };
  try {
    parsed = JSON.parse(text) as typeof parsed;
  } catch (cause) {
    throw new EngineError(`the stack tags ${file} are damaged: not JSON; restore the file, or remove it`, 1, { cause });
  }
  if (parsed.version !== VERSION) {
    throw new EngineError(`unsupported stack tags version ${String(parsed.version)} in ${file} (expected ${VERSION})`);
  }
  return parsed.tags ?? {};
}

/** Replaces the tags of a stack; without tags their file is removed. */
export async function writeTags(
  directory: StateDirectory,
  stack: StackReference,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const file = directory.tagsFile(stack);
  if (Object.keys(tags).length === 0) await removeBlob(file);
  else await writeBlob(file, JSON.stringify({ version: VERSION, tags }));
}
