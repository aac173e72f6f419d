import type { CommandContext } from "../session/command-context";
import { parseConfigKey } from "../settings/config-key";
import { openConfig, type ConfigOptions } from "./open-config";

export interface ConfigRmOptions extends ConfigOptions {
  readonly path: boolean;
}

/** `config rm` and `config rm-all`: removes values in one write; those that are not there are no error. */
export async function configRm(
  context: CommandContext,
  keys: readonly string[],
  options: ConfigRmOptions,
): Promise<void> {
  const { file, project } = await openConfig(context, options);
  for (const key of keys) file.remove(parseConfigKey(key, project.name, options.path), options.path);
  await file.save();
}
