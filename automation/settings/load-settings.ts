import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { AutomationError } from "../errors";
import { schemaFaults } from "./schema-faults";
import { DEFAULT_SETTINGS, settingsSchema, type Settings } from "./settings-schema";

/** Name of the settings file, at the root of a workspace. */
export const SETTINGS_FILE = "trunkline.yaml";

/**
 * Reads the settings of a workspace; the built-in ones where it has no `trunkline.yaml`. Throws one usage error that lists
 * every fault of the file.
 */
export function loadSettings(root: string): Settings {
  const file = join(root, SETTINGS_FILE);
  const raw = read(file);
  if (raw === undefined) return DEFAULT_SETTINGS;
  const parsed = settingsSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const faults = schemaFaults(raw, parsed.error.issues);
  const title = faults.length === 1 ? "a fault" : `${faults.length} faults`;
  throw new AutomationError("usage", [`${file} has ${title}:`, ...faults.map((fault) => `  ${fault}`)].join("\n"), {
    hint: "correct the file: docs/trunkline.schema.json says what it may hold",
    errorCode: "settings-faulty",
  });
}

/** An empty file says as much as none. */
function read(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8")) ?? undefined;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AutomationError("usage", `${file} cannot be read: ${reason}`, { hint: "correct the file", cause });
  }
}
