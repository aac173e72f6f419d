import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { link, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { syncDirectory } from "../../rehearsal/engine/backend/durable-file";
import { removeTemporaries, temporaryOf } from "../../rehearsal/engine/backend/temporary-file";
import { AutomationError } from "../errors";
import type { RehearsalPaths } from "./rehearsal-paths";

/**
 * The passphrase of the rehearsal's secrets; the first rehearsal makes one at random. Throws AutomationError where the
 * passphrase of existing state is gone: another one could not read it.
 */
export async function rehearsalPassphrase(paths: RehearsalPaths): Promise<string> {
  await removeTemporaries(paths.passphrase);
  const kept = readIfThere(paths.passphrase);
  if (kept !== undefined) return kept;
  if (existsSync(join(paths.state, ".pulumi", "stacks"))) {
    throw new AutomationError("fault", `the passphrase of the rehearsal's state is gone: ${paths.passphrase}`, {
      hint: `put the file back, or remove ${paths.root} to start anew`,
    });
  }
  const temporary = temporaryOf(paths.passphrase);
  try {
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(randomBytes(32).toString("base64url"));
      await handle.sync();
    } finally {
      await handle.close();
    }
    // Of two first rehearsals at the same time one gives its file the name, and both use that; it may have removed the
    // other's as one that was left.
    await link(temporary, paths.passphrase);
    await syncDirectory(paths.passphrase);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code !== "EEXIST" && !(code === "ENOENT" && existsSync(paths.passphrase))) throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  return readFileSync(paths.passphrase, "utf8").trim();
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
