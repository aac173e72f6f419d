import type { ConfigValue } from "../session/stack-session";

/** A configuration value in the CLI's JSON: without `value` where it is a secret that is not shown. */
export interface ConfigValueJson {
  readonly value?: string;
  readonly objectValue?: unknown;
  readonly secret: boolean;
}

/** A configuration value as the CLI prints it in JSON. */
export function configJson(value: ConfigValue, showSecrets: boolean): ConfigValueJson {
  if (value.secret && !showSecrets) return { secret: true };
  const objectValue = value.object ? { objectValue: JSON.parse(value.value) as unknown } : {};
  return { value: value.value, ...objectValue, secret: value.secret };
}
