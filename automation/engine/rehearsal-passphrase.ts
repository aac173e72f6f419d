import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AutomationError } from "../errors";
import type { RehearsalPaths } from "./rehearsal-paths";

/**
 * The passphrase of the rehearsal's secrets; the first rehearsal makes one at random. Throws AutomationError where the
 * passphrase of existing state is gone: another one could not read it.
 */
export function rehearsalPassphrase(paths: RehearsalPaths): string {
  const kept = readIfThere(paths.passphrase);
  if (kept !== undefined) return kept;
  if (existsSync(join(paths.state, ".pulumi", "stacks"))) {
    throw new AutomationError("fault", `the passphrase of the rehearsal's state is gone: ${paths.passphrase}`, {
      hint: `put the file back, or remove ${paths.root} to start anew`,
    });
  }
  try {
    // Of two first rehearsals at the same time one writes, and both use what it wrote.
    writeFileSync(paths.passphrase, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
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
