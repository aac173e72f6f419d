import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { AutomationError } from "../errors";

/** What a `Pulumi.<env>.yaml` holds. */
export interface StackSettings {
  readonly encryptionsalt?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** The settings file of an environment. */
export function settingsFile(directory: string, environment: string): string {
  return join(directory, `Pulumi.${environment}.yaml`);
}

/** Reads a settings file; undefined where there is none. Throws a usage error where it is not valid. */
export function readStackSettings(file: string): StackSettings | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const content: unknown = parse(readFileSync(file, "utf8"));
    if (content === null || content === undefined) return {};
    if (typeof content !== "object" || Array.isArray(content)) throw new Error("it must be an object with config");
    return content as StackSettings;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AutomationError("usage", `${file} cannot be read: ${reason}`, { hint: "correct the file", cause });
  }
}
