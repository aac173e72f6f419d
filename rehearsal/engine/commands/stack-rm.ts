import { readCheckpoint } from "../backend/checkpoint";
import { removeStackFiles } from "../backend/remove-stack";
import { lockStack } from "../backend/stack-lock";
import { displayName } from "../backend/stack-reference";
import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";
import { loadStackConfig, openWorkspace, requireStack } from "../session/open-stack-session";
import { selectStack } from "../settings/selected-stack";

export interface StackRmOptions {
  /** @default the selected stack */
  readonly name?: string;
  readonly yes: boolean;
  /** Removes a stack that still has resources: they are forgotten, not deleted. */
  readonly force: boolean;
  /** Keeps `Pulumi.<stack>.yaml`. */
  readonly preserveConfig: boolean;
  readonly removeBackups: boolean;
}

/** `stack rm`: removes a stack. Throws EngineError for one that still has resources, unless forced. */
export async function stackRm(context: CommandContext, options: StackRmOptions): Promise<void> {
  const workspace = await openWorkspace(context);
  const { directory, project } = workspace;
  const stack = await requireStack(context, workspace, options.name);
  if (!options.yes) throw new EngineError("non-interactive mode requires --yes flag");
  const name = displayName(stack, project.name);
  const lock = await lockStack(directory, stack, (message) => context.err(`warning: ${message}\n`));
  try {
    const resources = (await readCheckpoint(directory, stack))?.latest?.resources ?? [];
    const empty = resources.length === 0 || (resources.length === 1 && resources[0]?.type === "pulumi:pulumi:Stack");
    if (!empty && !options.force) {
      throw new EngineError(
        `'${name}' still has resources; removal rejected. Possible actions:\n` +
          `- Make sure that '${name}' is the stack that you want to destroy\n` +
          "- Run `pulumi destroy` to delete the resources, then run `pulumi stack rm`\n" +
          "- Run `pulumi stack rm --force` to override this error",
      );
    }
    await removeStackFiles(directory, stack, options.removeBackups);
  } finally {
    await lock.release();
  }
  if (!options.preserveConfig && stack.project === project.name) {
    await (await loadStackConfig(context, workspace, stack)).delete();
  }
  context.out(`Stack '${name}' has been removed!\n`);
  await selectStack(context.env, project, undefined);
}
