import type { StateDirectory } from "../backend/state-directory";
import { displayName, type StackReference } from "../backend/stack-reference";
import type { PassphraseSecretsManager } from "../secrets/passphrase-secrets-manager";
import type { CommandContext } from "../session/command-context";
import {
  loadStackConfig,
  openWorkspace,
  requireStack,
  stackSecrets,
  type StackSessionOptions,
} from "../session/open-stack-session";
import type { StoredValue } from "../settings/config-object";
import { withProjectConfig } from "../settings/project-config";
import type { ProjectFile } from "../settings/project-file";
import type { StackConfigFile } from "../settings/stack-config-file";

/** What all commands about configuration are told. */
export interface ConfigOptions extends StackSessionOptions {
  /** @default the selected stack */
  readonly stack?: string;
}

/** A stack's configuration, opened by a command. */
export interface OpenConfig {
  readonly project: ProjectFile;
  readonly directory: StateDirectory;
  readonly stack: StackReference;
  /** The stack's name as the CLI shows it. */
  readonly stackName: string;
  readonly file: StackConfigFile;
  /** Stored values with the project's defaults. */
  values(): Map<string, StoredValue>;
  /** Opens the secrets provider, and makes one where the stack has none. */
  secrets(): Promise<PassphraseSecretsManager>;
}

/** Opens the configuration of a stack. */
export async function openConfig(context: CommandContext, options: ConfigOptions): Promise<OpenConfig> {
  const workspace = await openWorkspace(context);
  const { directory, project } = workspace;
  const stack = await requireStack(context, workspace, options.stack);
  const file = await loadStackConfig(context, workspace, stack, options);
  return {
    project,
    directory,
    stack,
    stackName: displayName(stack, project.name),
    file,
    values: () => withProjectConfig(project, stack.name, file.values()),
    secrets: () => stackSecrets(context, directory, stack, file),
  };
}
