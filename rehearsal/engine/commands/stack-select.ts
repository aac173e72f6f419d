import { readCheckpoint } from "../backend/checkpoint";
import { parseStackReference } from "../backend/stack-reference";
import { EngineError, STACK_NOT_FOUND } from "../engine-error";
import type { CommandContext } from "../session/command-context";
import { openWorkspace } from "../session/open-stack-session";
import { selectStack } from "../settings/selected-stack";
import { stackInit } from "./stack-init";

export interface StackSelectOptions {
  readonly name: string;
  /** Makes the stack where there is none. */
  readonly create: boolean;
  readonly secretsProvider?: string;
}

/** `stack select`: makes a stack the selected one. Throws EngineError "no stack named '...' found". */
export async function stackSelect(context: CommandContext, options: StackSelectOptions): Promise<void> {
  const { directory, project } = await openWorkspace(context);
  const stack = parseStackReference(options.name, project.name);
  if (await readCheckpoint(directory, stack)) {
    await selectStack(context.env, project, stack.qualifiedName);
  } else if (options.create) {
    await stackInit(context, { name: options.name, secretsProvider: options.secretsProvider, select: true });
  } else throw new EngineError(`no stack named '${options.name}' found`, STACK_NOT_FOUND);
}
