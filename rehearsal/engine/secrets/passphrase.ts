import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { messageOf } from "../../message-of";
import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";

/**
 * The passphrase that protects secrets, from PULUMI_CONFIG_PASSPHRASE (which may be empty) or from the file that
 * PULUMI_CONFIG_PASSPHRASE_FILE names. Throws EngineError where neither is set.
 */
export async function readPassphrase(context: Pick<CommandContext, "cwd" | "env">): Promise<string> {
  const passphrase = context.env["PULUMI_CONFIG_PASSPHRASE"];
  if (passphrase !== undefined) return passphrase;
  const file = context.env["PULUMI_CONFIG_PASSPHRASE_FILE"];
  if (!file) {
    throw new EngineError(
      "passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
    );
  }
  try {
    return (await readFile(resolve(context.cwd, file), "utf8")).trim();
  } catch (cause) {
    throw new EngineError(`unable to read PULUMI_CONFIG_PASSPHRASE_FILE: ${messageOf(cause)}`, 1, { cause });
  }
}
