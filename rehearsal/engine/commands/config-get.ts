import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";
import { fullKey, parseConfigKey, prettyKey, type ConfigKey } from "../settings/config-key";
import { getAt, holdsCiphertext, type StoredValue } from "../settings/config-object";
import { parseConfigPath } from "../settings/config-path";
import { BLINDED, configValue, revealWith } from "../settings/config-value";
import { configJson } from "./config-json";
import { jsonOutput } from "./json-output";
import { openConfig, type ConfigOptions } from "./open-config";

export interface ConfigGetOptions extends ConfigOptions {
  readonly json: boolean;
  /** The key is a path into structured configuration. */
  readonly path: boolean;
}

/** `config get`: prints a value, secrets in clear. Throws EngineError for a key that there is not. */
export async function configGet(context: CommandContext, keyText: string, options: ConfigGetOptions): Promise<void> {
  const config = await openConfig(context, options);
  const key = parseConfigKey(keyText, config.project.name, options.path);
  const stored = lookUp(config.values(), key, options.path);
  if (stored === undefined) {
    throw new EngineError(
      `configuration key '${prettyKey(key, config.project.name)}' not found for stack '${config.stackName}'`,
    );
  }
  const reveal = holdsCiphertext(stored) ? revealWith(await config.secrets()) : async () => BLINDED;
  const value = await configValue(stored, reveal);
  context.out(options.json ? jsonOutput(configJson(value, true)) : `${value.value}\n`);
}

function lookUp(values: ReadonlyMap<string, StoredValue>, key: ConfigKey, path: boolean): StoredValue | undefined {
  if (!path) return values.get(fullKey(key));
  const [name, ...inner] = parseConfigPath(key.name);
  return getAt(values.get(fullKey({ namespace: key.namespace, name: String(name) })), inner);
}
