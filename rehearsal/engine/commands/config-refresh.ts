import { access, copyFile } from "node:fs/promises";
import { readCheckpoint } from "../backend/checkpoint";
import { fileFault } from "../backend/file-fault";
import { readHistory } from "../backend/history";
import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";
import type { StoredValue } from "../settings/config-object";
import { openConfig, type ConfigOptions } from "./open-config";

export interface ConfigRefreshOptions extends ConfigOptions {
  /** Overwrites the file without a backup. */
  readonly force: boolean;
}

/** `config refresh`: takes the configuration of the latest update back into the file. */
export async function configRefresh(context: CommandContext, options: ConfigRefreshOptions): Promise<void> {
  const { directory, stack, file } = await openConfig(context, options);
  const [latest] = await readHistory(directory, stack, 1);
  if (!latest) throw new EngineError("no previous deployment");
  file.replaceAll((latest.config ?? {}) as Record<string, StoredValue>);
  const salt = (await readCheckpoint(directory, stack))?.latest?.secrets_providers?.state?.salt;
  if (salt) file.encryptionSalt = salt;
  if (!options.force && (await exists(file.file))) {
    let backup = `${file.file}.bak`;
    while (await exists(backup)) backup += ".bak";
    await copyFile(file.file, backup).catch((cause: unknown) => {
      throw fileFault("write", backup, cause);
    });
    context.out(`backed up existing configuration file to ${backup}\n`);
  }
  await file.save();
  context.out(`refreshed configuration for stack '${stack.name}'\n`);
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
