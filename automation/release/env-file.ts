import { AutomationError } from "../errors";

/** What an env file of the older pipeline says; a key that it does not have is absent. */
export type EnvSettings = Readonly<Partial<Record<EnvKey, string>>>;

/** The keys of an env file. */
export const ENV_KEYS = ["group", "workspace", "location", "compute", "endpoint", "model"] as const;

type EnvKey = (typeof ENV_KEYS)[number];

/**
 * Reads an env file: lines of `key=value`, with or without `export` and quotes; what follows ` #` is a comment. Throws a usage
 * error that names every line that is none, every unknown key and every key that is there twice.
 */
export function parseEnvFile(text: string, file: string): EnvSettings {
  const found = new Map<EnvKey, string>();
  const faults: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const [, name, value] = /^(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(line) ?? [];
    const key = ENV_KEYS.find((known) => known === name?.toLowerCase());
    if (name === undefined || value === undefined) faults.push(`line ${index + 1} is not key=value`);
    else if (!key) faults.push(`line ${index + 1}: ${name} is not one of ${ENV_KEYS.join(", ")}`);
    else if (found.has(key)) faults.push(`line ${index + 1}: ${key} is there twice`);
    else found.set(key, valueOf(value));
  }
  if (found.size === 0 && faults.length === 0) faults.push("it has no settings");
  if (faults.length === 0) return Object.fromEntries(found);
  throw new AutomationError("usage", `${file} cannot be imported: ${faults.join("; ")}`, {
    hint: `it may have lines such as model=taxi-fares, with the keys ${ENV_KEYS.join(", ")}`,
  });
}

function valueOf(text: string): string {
  const [, quoted] =
    /^(?:"([^"]*)"|'([^']*)')\s*(?:#.*)?$/.exec(text)?.filter((part, i) => i === 0 || part !== undefined) ?? [];
  return quoted ?? text.replace(/\s+#.*$/, "").trim();
}
