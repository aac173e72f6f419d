import { resolve } from "node:path";
import { parseStackReference, type StackReference } from "../backend/stack-reference";
import { readCheckpoint } from "../backend/checkpoint";
import { StateDirectory } from "../backend/state-directory";
import { EngineError, STACK_NOT_FOUND } from "../engine-error";
import { PassphraseSecretsManager } from "../secrets/passphrase-secrets-manager";
import { backendLocation } from "../settings/backend-url";
import { findProject, stackConfigPath, type ProjectFile } from "../settings/project-file";
import { selectedStack } from "../settings/selected-stack";
import { StackConfigFile } from "../settings/stack-config-file";
import type { CommandContext } from "./command-context";
import { FileStackSession } from "./file-stack-session";

/** Where a command works: a project and the directory of its state. */
export interface Workspace {
  readonly project: ProjectFile;
  readonly directory: StateDirectory;
}

/** What differs from the usual when a stack is opened. */
export interface StackSessionOptions {
  /** Path of the configuration file, relative to the working directory. @default `Pulumi.<stack>.yaml` of the project */
  readonly configFile?: string;
}

/** Opens the project of the working directory and its state. Throws EngineError where there is no project. */
export async function openWorkspace(context: CommandContext): Promise<Workspace> {
  const project = await findProject(context.cwd);
  if (!project) {
    throw new EngineError(
      `no Pulumi.yaml project file found (searching upwards from ${context.cwd}); run in a directory of a project`,
    );
  }
  const location = backendLocation(context.env, project.backendUrl, context.cwd);
  return { project, directory: await StateDirectory.open(location.url, location.directory, context.staleLocks) };
}

/**
 * Finds the stack that a command means: the one named, else the selected one. Throws EngineError "no stack named '...'
 * found" where there is no such stack.
 */
export async function requireStack(
  context: CommandContext,
  { project, directory }: Workspace,
  stackName: string | undefined,
): Promise<StackReference> {
  const text = stackName ?? (await selectedStack(context.env, project));
  if (!text) {
    const next = "please use `pulumi stack select` or `pulumi stack init` to choose one";
    throw new EngineError(`no stack selected; ${next}`, STACK_NOT_FOUND);
  }
  const stack = parseStackReference(text, project.name);
  if ((await readCheckpoint(directory, stack)) === undefined) {
    throw new EngineError(`no stack named '${text}' found`, STACK_NOT_FOUND);
  }
  return stack;
}

/**
 * Opens a stack for an operation or a command: project, configuration, secrets and state. A stack without a secrets
 * provider gets one, which is written to its configuration file.
 */
export async function openStackSession(
  context: CommandContext,
  stackName: string | undefined,
  options: StackSessionOptions = {},
): Promise<FileStackSession> {
  const workspace = await openWorkspace(context);
  const stack = await requireStack(context, workspace, stackName);
  if (stack.project !== workspace.project.name) {
    throw new EngineError(
      `provided project name "${stack.project}" doesn't match Pulumi.yaml's project name "${workspace.project.name}"`,
    );
  }
  const config = await loadStackConfig(context, workspace, stack, options);
  const secrets = await stackSecrets(context, workspace.directory, stack, config);
  return new FileStackSession(context, workspace, stack, config, secrets);
}

/** Reads the configuration file of a stack; one that is not there counts as empty. */
export async function loadStackConfig(
  context: CommandContext,
  { project }: Workspace,
  stack: StackReference,
  options: StackSessionOptions = {},
): Promise<StackConfigFile> {
  const file = options.configFile ? resolve(context.cwd, options.configFile) : stackConfigPath(project, stack.name);
  return await StackConfigFile.load(file);
}

/**
 * The secrets manager of a stack: with the salt of its configuration file, else of its checkpoint, else a new one; a salt
 * that the file lacks is written to it. Throws EngineError for secrets providers other than `passphrase`.
 */
export async function stackSecrets(
  context: CommandContext,
  directory: StateDirectory,
  stack: StackReference,
  config: StackConfigFile,
): Promise<PassphraseSecretsManager> {
  refuseOtherProvider(config.secretsProvider);
  const salt = config.encryptionSalt;
  if (salt !== undefined) return new PassphraseSecretsManager(salt, context);
  const provider = (await readCheckpoint(directory, stack))?.latest?.secrets_providers;
  refuseOtherProvider(provider?.type);
  const inherited = provider?.state?.salt;
  const secrets = inherited
    ? new PassphraseSecretsManager(inherited, context)
    : await PassphraseSecretsManager.create(context);
  config.encryptionSalt = secrets.salt;
  await config.save();
  return secrets;
}

/** Throws EngineError unless the provider is the passphrase one, or none is named. */
export function refuseOtherProvider(provider: string | undefined): void {
  if (!provider || provider === "passphrase" || provider === "default") return;
  throw new EngineError(
    `secrets provider '${provider}' is not supported by the embedded engine, only 'passphrase' is; ` +
      "run with the Pulumi CLI (--engine cli) to use it",
  );
}
