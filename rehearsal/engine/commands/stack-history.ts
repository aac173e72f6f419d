import { readHistory, type HistoryEntry } from "../backend/history";
import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";
import { loadStackConfig, openWorkspace, requireStack, stackSecrets } from "../session/open-stack-session";
import type { StoredValue } from "../settings/config-object";
import { configValue, revealWith, type Reveal } from "../settings/config-value";
import { configJson, type ConfigValueJson } from "./config-json";
import { jsonOutput, jsonTime, sortedKeys } from "./json-output";

export interface StackHistoryOptions {
  readonly stack?: string;
  readonly json: boolean;
  /** Secret configuration in clear, else without its value. */
  readonly showSecrets: boolean;
  /** Entries on a page. @default 10 */
  readonly pageSize?: number;
  /** Counted from 1. @default 1 */
  readonly page?: number;
}

const DEFAULT_PAGE_SIZE = 10;

/** An update in the CLI's JSON. */
interface UpdateJson extends Omit<HistoryEntry, "startTime" | "endTime" | "config" | "resourceChanges"> {
  readonly startTime: string;
  readonly config: Record<string, ConfigValueJson>;
  readonly endTime?: string;
  readonly resourceChanges?: Record<string, number>;
}

/** `stack history`: prints the updates of a stack, newest first. */
export async function stackHistory(context: CommandContext, options: StackHistoryOptions): Promise<void> {
  const workspace = await openWorkspace(context);
  const { directory } = workspace;
  const stack = await requireStack(context, workspace, options.stack);
  const page = options.page ?? 1;
  const entries = await readHistory(directory, stack, options.pageSize ?? DEFAULT_PAGE_SIZE, page);
  let reveal: Reveal | undefined;
  if (options.showSecrets) {
    const config = await loadStackConfig(context, workspace, stack);
    reveal = revealOrMark(revealWith(await stackSecrets(context, directory, stack, config)));
  }
  if (options.json) {
    const updates: UpdateJson[] = [];
    for (const entry of entries) updates.push(await updateJson(entry, reveal));
    context.out(jsonOutput(updates));
  } else context.out(listing(entries, page));
}

async function updateJson(entry: HistoryEntry, reveal: Reveal | undefined): Promise<UpdateJson> {
  const config: Record<string, ConfigValueJson> = {};
  for (const [key, stored] of Object.entries(sortedKeys(entry.config ?? {}))) {
    const value = await configValue(stored as StoredValue, reveal ?? (async () => ""));
    config[key] = configJson(value, reveal !== undefined);
  }
  const ended = entry.result !== "in-progress";
  return {
    version: entry.version ?? 0,
    kind: entry.kind,
    startTime: jsonTime(new Date(entry.startTime * 1000)),
    message: entry.message,
    environment: entry.environment ?? {},
    config,
    result: entry.result,
    ...(ended
      ? { endTime: jsonTime(new Date(entry.endTime * 1000)), resourceChanges: entry.resourceChanges ?? {} }
      : {}),
  };
}

/** What was encrypted under an earlier salt is marked, so that the rest of the history can be shown. */
function revealOrMark(reveal: Reveal): Reveal {
  return async (ciphertext) => {
    try {
      return await reveal(ciphertext);
    } catch (fault) {
      if (fault instanceof EngineError && fault.message.startsWith("failed to decrypt"))
        return "ERROR_UNABLE_TO_DECRYPT";
      throw fault;
    }
  };
}

function listing(entries: readonly HistoryEntry[], page: number): string {
  if (entries.length === 0) {
    return page > 1 ? `No stack updates found on page '${page}'\n` : "Stack has never been updated\n";
  }
  return entries
    .map(({ version, kind, result, message, startTime, endTime, resourceChanges }) => {
      const changes = Object.entries(resourceChanges ?? {}).map(([op, count]) => `${op} ${count}`);
      return (
        `Version: ${version}\nUpdateKind: ${kind}\nStatus: ${result}\nMessage: ${message}\n` +
        `Changes: ${changes.join(", ") || "none"}\nUpdated: ${jsonTime(new Date(startTime * 1000))} took ${endTime - startTime}s\n`
      );
    })
    .join("\n");
}
