import { z } from "zod";
import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";
import { parseConfigKey } from "../settings/config-key";
import type { StoredValue } from "../settings/config-object";
import { storeValue } from "./config-set";
import { openConfig, type ConfigOptions, type OpenConfig } from "./open-config";

export interface ConfigSetAllOptions extends ConfigOptions {
  readonly path: boolean;
  /** `key=value`, in order. */
  readonly plaintext: readonly string[];
  /** `key=value`, in order; set after those in clear, as the CLI does. */
  readonly secret: readonly string[];
  /** Values in the form of `config --json`. */
  readonly json?: string;
}

/** What `--json` takes. */
const JSON_VALUES = z.record(
  z.string(),
  z.object({ value: z.string().optional(), objectValue: z.unknown().optional(), secret: z.boolean().optional() }),
);

/** `config set-all`: sets many values in one write; nothing is written where one of them is wrong. */
export async function configSetAll(context: CommandContext, options: ConfigSetAllOptions): Promise<void> {
  const config = await openConfig(context, options);
  const { path } = options;
  for (const [secret, pairs] of [[false, options.plaintext] as const, [true, options.secret] as const]) {
    for (const pair of pairs) {
      const [keyText, value] = splitPair(pair);
      await storeValue(config, parseConfigKey(keyText, config.project.name, path), value, { path, secret });
    }
  }
  if (options.json !== undefined) await storeJson(config, options.json, path);
  await config.file.save();
}

async function storeJson(config: OpenConfig, text: string, path: boolean): Promise<void> {
  for (const [keyText, entry] of Object.entries(parseJson(text))) {
    const key = parseConfigKey(keyText, config.project.name, path);
    if (entry.objectValue !== undefined && !entry.secret) {
      config.file.set(key, entry.objectValue as StoredValue, path);
      continue;
    }
    if (entry.value === undefined) {
      throw new EngineError(`no value for configuration key '${keyText}' in --json; print it with --show-secrets`);
    }
    await storeValue(config, key, entry.value, { path, secret: entry.secret ?? false });
  }
}

function parseJson(text: string): z.infer<typeof JSON_VALUES> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new EngineError("could not parse --json: it is not JSON; expected the output of `pulumi config --json`", 1, {
      cause,
    });
  }
  const parsed = JSON_VALUES.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new EngineError(`could not parse --json: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}`, 1, {
    cause: parsed.error,
  });
}

/** The key may stand in quotes, and then have `=` in it. */
function splitPair(pair: string): [key: string, value: string] {
  const match = /^(?:(["'])(.*?)\1|([^=]*))=(.*)$/s.exec(pair);
  if (!match) throw new EngineError(`config value must be in the form [key]=[value], got '${pair}'`);
  return [match[2] ?? match[3] ?? "", match[4] ?? ""];
}
