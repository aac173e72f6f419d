import { rename } from "node:fs/promises";
import { errorCode, fileFault } from "../backend/file-fault";
import { renameStackFiles } from "../backend/rename-stack";
import { displayName, parseStackReference } from "../backend/stack-reference";
import type { CommandContext } from "../session/command-context";
import { openWorkspace, requireStack } from "../session/open-stack-session";
import { stackConfigPath } from "../settings/project-file";
import { selectStack } from "../settings/selected-stack";

export interface StackRenameOptions {
  readonly stack?: string;
  readonly newName: string;
}

/** `stack rename`: gives a stack another name, with its resources, history and configuration, and selects it. */
export async function stackRename(context: CommandContext, options: StackRenameOptions): Promise<void> {
  const workspace = await openWorkspace(context);
  const { directory, project } = workspace;
  const from = await requireStack(context, workspace, options.stack);
  const to = parseStackReference(options.newName, project.name);
  await renameStackFiles(directory, from, to, (message) => context.err(`warning: ${message}\n`));
  const file = stackConfigPath(project, from.name);
  try {
    await rename(file, stackConfigPath(project, to.name));
  } catch (cause) {
    if (errorCode(cause) !== "ENOENT") throw fileFault("write", file, cause);
  }
  await selectStack(context.env, project, to.qualifiedName);
  context.out(`Renamed ${displayName(from, project.name)} to ${displayName(to, project.name)}\n`);
}
