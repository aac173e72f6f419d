import { readCheckpoint } from "../backend/checkpoint";
import { displayName, parseStackReference } from "../backend/stack-reference";
import type { CommandContext } from "../session/command-context";
import { openWorkspace } from "../session/open-stack-session";
import { selectedStack } from "../settings/selected-stack";
import { jsonOutput, jsonTime } from "./json-output";
import { textTable } from "./text-table";

export interface StackLsOptions {
  readonly json: boolean;
  /** Stacks of all projects, not of the current one alone. */
  readonly all: boolean;
}

/** A stack in the CLI's JSON. */
interface StackSummary {
  readonly name: string;
  readonly current: boolean;
  readonly lastUpdate?: string;
  readonly resourceCount?: number;
}

/** `stack ls`: prints the stacks, sorted by name. */
export async function stackLs(context: CommandContext, options: StackLsOptions): Promise<void> {
  const { directory, project } = await openWorkspace(context);
  const selected = await selectedStack(context.env, project);
  const current = selected === undefined ? undefined : parseStackReference(selected, project.name).qualifiedName;
  const summaries: StackSummary[] = [];
  for (const stack of await directory.stacks(options.all ? undefined : project.name)) {
    const latest = (await readCheckpoint(directory, stack))?.latest;
    summaries.push({
      name: displayName(stack, project.name),
      current: stack.qualifiedName === current,
      lastUpdate: latest && jsonTime(new Date(latest.manifest.time)),
      resourceCount: latest && (latest.resources ?? []).length,
    });
  }
  summaries.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (options.json) {
    context.out(jsonOutput(summaries));
    return;
  }
  const rows = summaries.map(({ name, current: marked, lastUpdate, resourceCount }) => [
    marked ? `${name}*` : name,
    lastUpdate ?? "n/a",
    resourceCount?.toString() ?? "n/a",
  ]);
  context.out(textTable(["NAME", "LAST UPDATE", "RESOURCE COUNT"], rows));
}
