import type { CommandContext } from "../session/command-context";
import { holdsCiphertext } from "../settings/config-object";
import { parseFullKey, prettyKey } from "../settings/config-key";
import { BLINDED, configValue, revealWith, type Reveal } from "../settings/config-value";
import { configJson, type ConfigValueJson } from "./config-json";
import { jsonOutput } from "./json-output";
import { openConfig, type ConfigOptions } from "./open-config";
import { textTable } from "./text-table";

export interface ConfigListOptions extends ConfigOptions {
  readonly json: boolean;
  readonly showSecrets: boolean;
}

/** `config`: prints all values, with the project's defaults. */
export async function configList(context: CommandContext, options: ConfigListOptions): Promise<void> {
  const config = await openConfig(context, options);
  const stored = [...config.values()].sort(([a], [b]) => (a < b ? -1 : 1));
  let reveal: Reveal = async () => BLINDED;
  if (options.showSecrets && stored.some(([, value]) => holdsCiphertext(value))) {
    reveal = revealWith(await config.secrets());
  }
  const json: Record<string, ConfigValueJson> = {};
  const rows: string[][] = [];
  for (const [key, storedValue] of stored) {
    const value = await configValue(storedValue, reveal);
    json[key] = configJson(value, options.showSecrets);
    rows.push([prettyKey(parseFullKey(key), config.project.name), value.value]);
  }
  context.out(options.json ? jsonOutput(json) : textTable(["KEY", "VALUE"], rows));
}
