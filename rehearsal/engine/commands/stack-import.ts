import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isDeployment, writeCheckpoint } from "../backend/checkpoint";
import { KNOWN_FEATURES } from "../backend/deployment-features";
import { integrityFault } from "../backend/deployment-integrity";
import { fileFault } from "../backend/file-fault";
import { newManifest } from "../backend/manifest";
import { lockStack } from "../backend/stack-lock";
import { EngineError } from "../engine-error";
import { DeploymentSecrets } from "../secrets/deployment-secrets";
import { PassphraseSecretsManager } from "../secrets/passphrase-secrets-manager";
import type { CommandContext } from "../session/command-context";
import { loadStackConfig, openWorkspace, requireStack, stackSecrets } from "../session/open-stack-session";
import type { DeploymentFile } from "../state/deployment-file";

export interface StackImportOptions {
  readonly stack?: string;
  readonly file: string;
  /** Imports in spite of what is wrong, which is told as warnings. */
  readonly force: boolean;
}

/**
 * `stack import`: replaces a stack's deployment by an exported one, with its secrets in clear or encrypted. Throws
 * EngineError, and changes nothing, for a deployment of another stack, with missing dependencies, or of an unknown version.
 */
export async function stackImport(context: CommandContext, options: StackImportOptions): Promise<void> {
  const workspace = await openWorkspace(context);
  const { directory } = workspace;
  const stack = await requireStack(context, workspace, options.stack);
  const file = resolve(context.cwd, options.file);
  const { deployment, features } = parseExport(await readText(file), file, stack.name);

  const config = await loadStackConfig(context, workspace, stack);
  const salt = deployment.secrets_providers?.state?.salt;
  const secrets = new DeploymentSecrets(
    salt ? new PassphraseSecretsManager(salt, context) : await stackSecrets(context, directory, stack, config),
    context,
  );
  const opened = await secrets.open(deployment);
  const faults = faultsOf(opened, stack.name);
  if (faults.length > 0 && !options.force) throw new EngineError(listOf(faults));
  for (const fault of faults) context.err(`warning: ${fault}\n`);
  for (const { type, resource } of opened.pending_operations ?? []) {
    context.err(`warning: removing pending operation '${type}' on '${resource.urn}' from snapshot\n`);
  }
  const sealed = await secrets.seal({ ...opened, pending_operations: undefined });

  const lock = await lockStack(directory, stack, (message) => context.err(`warning: ${message}\n`)).catch(
    (thrown: unknown) => {
      if (!(thrown instanceof EngineError)) throw thrown;
      throw new EngineError(`could not import deployment: ${thrown.message}`, thrown.exitCode, { cause: thrown });
    },
  );
  try {
    await writeCheckpoint(directory, stack, sealed, features);
  } finally {
    await lock.release();
  }
  context.out("Import complete.\n");
}

function parseExport(
  text: string,
  file: string,
  stackName: string,
): { deployment: DeploymentFile; features: string[] } {
  let exported: { version?: unknown; features?: unknown; deployment?: unknown } | null;
  try {
    exported = JSON.parse(text) as typeof exported;
  } catch (cause) {
    throw new EngineError(`could not read ${file}: it is not JSON; expected the output of \`pulumi stack export\``, 1, {
      cause,
    });
  }
  const version = exported?.version;
  if (typeof version === "number" && version > 4) {
    throw new EngineError(
      `the stack '${stackName}' is newer than what this version of the Pulumi CLI understands. ` +
        "Please update your version of the Pulumi CLI",
    );
  }
  if (version !== 3 && version !== 4) {
    throw new EngineError(`the stack '${stackName}' is too old to be used by this version of the Pulumi CLI`);
  }
  const features = Array.isArray(exported?.features) ? exported.features.map(String) : [];
  const unknown = features.filter((feature) => !KNOWN_FEATURES.has(feature));
  if (unknown.length > 0) {
    throw new EngineError(
      `the stack '${stackName}' uses features that are not supported by this engine: ${unknown.join(", ")}; use the Pulumi CLI for it`,
    );
  }
  const given = exported?.deployment;
  // The CLI takes a deployment that says nothing for an empty one.
  const deployment = isDeepStrictEqual(given, {}) ? { manifest: newManifest() } : given;
  if (!isDeployment(deployment)) {
    throw new EngineError(`could not deserialize deployment: ${file} has no 'deployment' with a 'manifest'`);
  }
  return { deployment, features };
}

/** All that is wrong with a deployment for this stack. */
function faultsOf(deployment: DeploymentFile, stackName: string): string[] {
  const foreign = (deployment.resources ?? []).flatMap(({ urn }) => {
    const stack = /^urn:pulumi:([^:]*)::/.exec(urn ?? "")?.[1];
    return stack === undefined || stack === stackName
      ? []
      : [`resource '${urn}' is from a different stack (${stack} != ${stackName})`];
  });
  const fault = integrityFault(deployment);
  return fault ? [...foreign, `state file contains errors: ${fault}`] : foreign;
}

function listOf(faults: readonly string[]): string {
  const all = [...faults, "importing this file could be dangerous; rerun with --force to proceed anyway"];
  return `${all.length} errors occurred:\n${all.map((fault, index) => `    ${index + 1}) ${fault}`).join("\n")}`;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw fileFault("read", file, cause);
  }
}
