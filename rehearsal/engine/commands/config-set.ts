import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";
import { fullKey, parseConfigKey, type ConfigKey } from "../settings/config-key";
import { coerced } from "../settings/config-object";
import { parseConfigPath } from "../settings/config-path";
import { openConfig, type ConfigOptions, type OpenConfig } from "./open-config";

export interface ConfigSetOptions extends ConfigOptions {
  readonly path: boolean;
  readonly secret: boolean;
  /** The value may be stored in clear, whatever the key is called. */
  readonly plaintext: boolean;
}

/** `config set`: sets a value, encrypted with `--secret`. */
export async function configSet(
  context: CommandContext,
  keyText: string,
  value: string | undefined,
  options: ConfigSetOptions,
): Promise<void> {
  const config = await openConfig(context, options);
  const key = parseConfigKey(keyText, config.project.name, options.path);
  if (value === undefined) throw new EngineError("config value must be specified in non-interactive mode");
  if (!options.secret && !options.plaintext && /pass|pwd|secret|token/i.test(key.name)) {
    throw new EngineError(
      `config value for '${fullKey(key)}' looks like a secret; ` +
        "rerun with --secret to encrypt it, or --plaintext if you meant to store in plaintext",
    );
  }
  await storeValue(config, key, value, options);
  await config.file.save();
}

/**
 * Puts a value of a command line into the configuration, which is not saved yet. Within a structure, booleans and
 * integers become such; at the top, and where they are secret, values stay text.
 */
export async function storeValue(
  config: OpenConfig,
  key: ConfigKey,
  value: string,
  options: { readonly path: boolean; readonly secret: boolean },
): Promise<void> {
  if (options.secret) {
    const secrets = await config.secrets();
    config.file.set(key, { secure: await secrets.encrypt(value) }, options.path);
    return;
  }
  const nested = options.path && parseConfigPath(key.name).length > 1;
  config.file.set(key, nested ? coerced(value) : value, options.path);
}
