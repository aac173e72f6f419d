import { displayName } from "../backend/stack-reference";
import { readTags, writeTags } from "../backend/stack-tags";
import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";
import { openWorkspace, requireStack } from "../session/open-stack-session";
import { jsonOutput, sortedKeys } from "./json-output";
import { textTable } from "./text-table";

export interface StackTagOptions {
  readonly stack?: string;
}

/** `stack tag get`: prints the value of a tag. Throws EngineError for one that there is not. */
export async function stackTagGet(context: CommandContext, name: string, options: StackTagOptions): Promise<void> {
  const { tags, stackName } = await tagsOf(context, options);
  const value = tags[name];
  if (value === undefined) throw new EngineError(`stack tag '${name}' not found for stack '${stackName}'`);
  context.out(`${value}\n`);
}

/** `stack tag set`: sets a tag. */
export async function stackTagSet(
  context: CommandContext,
  name: string,
  value: string,
  options: StackTagOptions,
): Promise<void> {
  const { tags, write } = await tagsOf(context, options);
  await write({ ...tags, [name]: value });
}

/** `stack tag rm`: removes a tag; one that is not there is no error. */
export async function stackTagRm(context: CommandContext, name: string, options: StackTagOptions): Promise<void> {
  const { tags, write } = await tagsOf(context, options);
  const { [name]: removed, ...rest } = tags;
  if (removed !== undefined) await write(rest);
}

/** `stack tag ls`: prints all tags, sorted. */
export async function stackTagLs(context: CommandContext, options: StackTagOptions & { json: boolean }): Promise<void> {
  const { tags } = await tagsOf(context, options);
  const sorted = sortedKeys(tags);
  context.out(options.json ? jsonOutput(sorted) : textTable(["NAME", "VALUE"], Object.entries(sorted)));
}

async function tagsOf(context: CommandContext, { stack: name }: StackTagOptions) {
  const workspace = await openWorkspace(context);
  const stack = await requireStack(context, workspace, name);
  return {
    stackName: displayName(stack, workspace.project.name),
    tags: await readTags(workspace.directory, stack),
    write: (tags: Record<string, string>) => writeTags(workspace.directory, stack, tags),
  };
}
