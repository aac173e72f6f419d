import { createHash } from "node:crypto";
import { copyFile, link, rename, rm } from "node:fs/promises";
import { messageOf } from "../../message-of";
import { EngineError } from "../engine-error";
import type { DeploymentFile } from "../state/deployment-file";
import { readBlob, writeBlob } from "./blob";
import { featuresOf, KNOWN_FEATURES } from "./deployment-features";
import { errorCode, fileFault } from "./file-fault";
import type { StackReference } from "./stack-reference";
import { replayChanges } from "./state-change";
import type { StateDirectory } from "./state-directory";
import { readJournal } from "./state-journal";
import { temporaryOf } from "./temporary-file";

/** A stack's checkpoint as it lies on disk: secrets are ciphertexts. */
export interface Checkpoint {
  /** 3, or 4 where `features` says what a reader has to know. */
  readonly version: 3 | 4;
  readonly features: readonly string[];
  /** Undefined for a stack that was never written to. */
  readonly latest?: DeploymentFile;
  /** SHA-256 of the text of the file. */
  readonly digest: string;
}

/**
 * Reads a stack's checkpoint with what its journal adds; undefined where there is no such stack. Throws EngineError for a
 * file that is truncated, corrupt or of an unknown version; no file is touched then.
 */
export async function readCheckpoint(
  directory: StateDirectory,
  stack: StackReference,
): Promise<Checkpoint | undefined> {
  const file = directory.stackFile(stack);
  // The journal first: a checkpoint that is newer than it holds all that it says.
  const journal = await readJournal(file);
  const checkpoint = await readCheckpointFile(file, stack);
  if (!checkpoint || !journal?.header || journal.header.checkpoint !== checkpoint.digest) return checkpoint;
  const { header, changes } = journal;
  if (changes.length === 0) return checkpoint;
  return { ...checkpoint, latest: replayChanges(checkpoint.latest, header, changes, header.secretsProvider) };
}

/** Reads a stack's checkpoint without its journal; undefined where there is no such stack. */
export async function readCheckpointFile(file: string, stack: StackReference): Promise<Checkpoint | undefined> {
  const text = await readBlob(file);
  if (text === undefined) {
    await refuseCompressed(file);
    return undefined;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    const reason = text.trim() === "" ? "it is empty" : `it is not JSON (${messageOf(cause)})`;
    throw await corrupt(file, reason, cause);
  }
  const { version, features, checkpoint } = (parsed ?? {}) as {
    version?: unknown;
    features?: unknown;
    checkpoint?: { latest?: unknown };
  };
  if (version !== 3 && version !== 4) {
    throw new EngineError(
      `unsupported checkpoint version ${JSON.stringify(version)} in ${file}; versions 3 and 4 are known: use the Pulumi CLI for this stack`,
    );
  }
  const needed = Array.isArray(features) ? features.map(String) : [];
  const unknown = needed.filter((feature) => !KNOWN_FEATURES.has(feature));
  if (unknown.length > 0) {
    throw new EngineError(
      `the stack '${stack.name}' uses features that are not supported by this engine: ${unknown.join(", ")}; use the Pulumi CLI for it`,
    );
  }
  if (typeof checkpoint !== "object" || checkpoint === null) throw await corrupt(file, "it has no 'checkpoint'");
  const latest: unknown = checkpoint.latest ?? undefined;
  if (latest !== undefined && !isDeployment(latest)) throw await corrupt(file, "its 'latest' is not a deployment");
  return { version, features: needed, latest, digest: digestOf(text) };
}

/**
 * Writes a stack's checkpoint as a whole; the one before becomes `.bak`. `announce` is told the digest before anything is
 * written. Resolves to the digest.
 */
export async function writeCheckpoint(
  directory: StateDirectory,
  stack: StackReference,
  latest: DeploymentFile | undefined,
  inheritedFeatures: readonly string[] = [],
  announce?: (digest: string) => Promise<void>,
): Promise<string> {
  const file = directory.stackFile(stack);
  const features = latest ? featuresOf(latest, inheritedFeatures) : [];
  const text = JSON.stringify({
    version: features.length > 0 ? 4 : 3,
    ...(features.length > 0 ? { features } : {}),
    checkpoint: { stack: stack.qualifiedName, latest },
  });
  const digest = digestOf(text);
  await announce?.(digest);
  await keepBackup(file);
  await writeBlob(file, text);
  return digest;
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Whether the value has the shape that a deployment needs; the fields of the resources are not looked at. */
export function isDeployment(value: unknown): value is DeploymentFile {
  if (!isObject(value)) return false;
  const { manifest, resources = null } = value;
  return isObject(manifest) && (resources === null || (Array.isArray(resources) && resources.every(isObject)));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The current file gets a second name, so that it is never absent; the new contents then replace the first name alone. */
async function keepBackup(file: string): Promise<void> {
  for (const suffix of ["", ".attrs"]) {
    const backup = `${file}.bak${suffix}`;
    const temporary = temporaryOf(backup);
    try {
      // A backup without checksum is read, one with the checksum of another is not.
      if (suffix === "") await rm(`${backup}.attrs`, { force: true });
      await link(file + suffix, temporary).catch(async (cause: unknown) => {
        if (errorCode(cause) === "ENOENT") throw cause;
        await copyFile(file + suffix, temporary); // a file system without hard links
      });
      await rename(temporary, backup);
      // Two names of one file: a rename of the one to the other does nothing, by POSIX.
      await rm(temporary, { force: true });
    } catch (cause) {
      if (errorCode(cause) === "ENOENT") continue;
      throw fileFault("write", backup, cause);
    }
  }
}

async function corrupt(file: string, reason: string, cause?: unknown): Promise<EngineError> {
  const backup = `${file}.bak`;
  const remedy =
    (await readBlob(backup)) === undefined
      ? "there is no backup beside it: restore the file, or remove it to begin anew"
      : `the state before the last write is in ${backup}: check it, then copy it over the damaged file`;
  return new EngineError(`the checkpoint ${file} is damaged: ${reason}; nothing was changed; ${remedy}`, 1, { cause });
}

async function refuseCompressed(file: string): Promise<void> {
  for (const suffix of [".gz", ".zst"]) {
    if ((await readBlob(file + suffix)) === undefined) continue;
    throw new EngineError(
      `the checkpoint ${file}${suffix} is compressed, which this engine does not read; ` +
        "write it once with the Pulumi CLI without PULUMI_DIY_BACKEND_GZIP and PULUMI_DIY_BACKEND_ZSTD",
    );
  }
}
