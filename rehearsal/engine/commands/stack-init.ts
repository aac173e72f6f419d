import { readCheckpoint, writeCheckpoint } from "../backend/checkpoint";
import { newManifest } from "../backend/manifest";
import { lockStack } from "../backend/stack-lock";
import { displayName, parseStackReference } from "../backend/stack-reference";
import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";
import { loadStackConfig, openWorkspace, refuseOtherProvider, stackSecrets } from "../session/open-stack-session";
import { selectStack } from "../settings/selected-stack";

export interface StackInitOptions {
  readonly name: string;
  /** Only `passphrase` and `default`, which means the same. */
  readonly secretsProvider?: string;
  /** Whether the new stack becomes the selected one. */
  readonly select: boolean;
}

/** `stack init`: makes an empty stack with a new encryption salt. Throws EngineError "stack '...' already exists". */
export async function stackInit(context: CommandContext, options: StackInitOptions): Promise<void> {
  refuseOtherProvider(options.secretsProvider);
  const workspace = await openWorkspace(context);
  const { directory, project } = workspace;
  const stack = parseStackReference(options.name, project.name);
  if (stack.project !== project.name) {
    throw new EngineError(
      `provided project name "${stack.project}" doesn't match Pulumi.yaml's project name "${project.name}"`,
    );
  }
  const refuseExisting = async () => {
    if (await readCheckpoint(directory, stack)) throw new EngineError(`stack '${stack.qualifiedName}' already exists`);
  };
  await refuseExisting();
  const lock = await lockStack(directory, stack, (message) => context.err(`warning: ${message}\n`));
  try {
    await refuseExisting();
    const secrets = await stackSecrets(context, directory, stack, await loadStackConfig(context, workspace, stack));
    await secrets.crypter(); // a wrong passphrase is told before anything depends on it
    await writeCheckpoint(directory, stack, { manifest: newManifest(), secrets_providers: secrets.state });
  } finally {
    await lock.release();
  }
  if (options.select) await selectStack(context.env, project, stack.qualifiedName);
  context.out(`Created stack '${displayName(stack, project.name)}'\n`);
}
