import { cancelLocks } from "../backend/stack-lock";
import { displayName } from "../backend/stack-reference";
import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";
import { openWorkspace, requireStack } from "../session/open-stack-session";

export interface CancelOptions {
  readonly stack?: string;
  readonly yes: boolean;
}

/** `cancel`: removes the locks of a stack. An update that is still running goes on without its lock. */
export async function cancel(context: CommandContext, options: CancelOptions): Promise<void> {
  const workspace = await openWorkspace(context);
  const stack = await requireStack(context, workspace, options.stack);
  if (!options.yes) throw new EngineError("non-interactive mode requires --yes flag");
  await cancelLocks(workspace.directory, stack);
  const name = displayName(stack, workspace.project.name);
  context.out(`The currently running update for '${name}' has been canceled!\n`);
}
