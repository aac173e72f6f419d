import { resolve } from "node:path";
import { readCheckpoint } from "../backend/checkpoint";
import { writeFileDurably } from "../backend/durable-file";
import type { CommandContext } from "../session/command-context";
import { loadStackConfig, openWorkspace, requireStack, stackSecrets } from "../session/open-stack-session";
import { DeploymentSecrets, showSecrets } from "../secrets/deployment-secrets";

export interface StackExportOptions {
  readonly stack?: string;
  /** Secrets in clear, as `{ ..., plaintext }`; else they stay ciphertexts. */
  readonly showSecrets: boolean;
  /** @default standard output */
  readonly file?: string;
}

/** `stack export`: prints the latest deployment, or writes it to a file. */
export async function stackExport(context: CommandContext, options: StackExportOptions): Promise<void> {
  const workspace = await openWorkspace(context);
  const stack = await requireStack(context, workspace, options.stack);
  const checkpoint = await readCheckpoint(workspace.directory, stack);
  let deployment = checkpoint?.latest;
  if (deployment && options.showSecrets) {
    const config = await loadStackConfig(context, workspace, stack);
    const secrets = await stackSecrets(context, workspace.directory, stack, config);
    deployment = showSecrets(await new DeploymentSecrets(secrets, context).open(deployment));
  }
  const features = checkpoint?.features.length ? { features: checkpoint.features } : {};
  const exported = { version: checkpoint?.version ?? 3, ...features, deployment: deployment ?? null };
  const text = `${JSON.stringify(exported, undefined, 4)}\n`;
  if (options.file === undefined) context.out(text);
  else await writeFileDurably(resolve(context.cwd, options.file), text);
}
