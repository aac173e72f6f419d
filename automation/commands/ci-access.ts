import { stackOutputs } from "../outputs/stack-outputs";
import { resolve } from "node:path";
import type { OutputMap } from "@pulumi/pulumi/automation";
import writeFileAtomic from "write-file-atomic";
import { AutomationError } from "../errors";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { mlStateFile } from "../state/ml-state-file";
import { withStack, type VerbDeps, type VerbOptions } from "./verb";

export interface CiAccessOptions extends VerbOptions {
  /** File for the secrets of CI, one JSON object. @default none is written */
  readonly secretsFile?: string;
  /** File that says how to reach the state of ML resources. @default none is written */
  readonly stateFile?: string;
}

/** What was written for CI; the names of secrets, never their values. */
export interface CiAccessResult {
  readonly kind: "written";
  readonly environment: EnvironmentName;
  readonly files: readonly { readonly path: string; readonly names: readonly string[] }[];
}

/**
 * Writes what CI needs that cannot be handed over in GitHub: the secrets by the names that workflows know them by, and
 * how to reach the state of ML resources. Only their owner can read the files.
 */
export function ciAccess(deps: VerbDeps, options: CiAccessOptions): Promise<CiAccessResult> {
  const { cwd, secretsFile, stateFile } = options;
  if (secretsFile === undefined && stateFile === undefined) {
    throw new AutomationError("usage", "nothing to write: neither --secrets-file nor --state-file was given");
  }
  return withStack(deps, options, { absent: "refuse", stateOnly: true }, async ({ environment, stack }) => {
    const outputs = await stackOutputs(stack);
    const contents: { path: string; names: string[]; text: string }[] = [];
    if (secretsFile !== undefined) {
      const secrets = secretsOf(outputs, environment);
      deps.secrets.add(Object.values(secrets));
      const text = `${JSON.stringify(secrets, null, 2)}\n`;
      contents.push({ path: resolve(cwd, secretsFile), names: Object.keys(secrets), text });
    }
    if (stateFile !== undefined) {
      contents.push({ path: resolve(cwd, stateFile), names: [], text: mlStateFile(statePlace(outputs, environment)) });
    }
    for (const { path, text } of contents) await write(path, text);
    return { kind: "written", environment, files: contents.map(({ path, names }) => ({ path, names })) };
  });
}

function secretsOf(outputs: OutputMap, environment: string): Record<string, string> {
  const secrets = outputs.ciSecrets?.value as Record<string, string> | undefined;
  if (secrets !== undefined) return secrets;
  throw new AutomationError("refused", `environment ${environment} has no secrets: CI logs in without any`, {
    hint: "leave out --secrets-file; azure.identity.mode application and databricks.principal.login secret have secrets",
  });
}

interface AzureStateOutputs {
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly state?: {
    readonly resourceGroupName: string;
    readonly accountName: string;
    readonly containerNames: { readonly mlResources: string };
    readonly backendUrls: { readonly mlResources: string };
  };
}

function statePlace(outputs: OutputMap, environment: string) {
  const { state, subscriptionId, tenantId } = (outputs.azure?.value ?? {}) as Partial<AzureStateOutputs>;
  if (state === undefined || subscriptionId === undefined || tenantId === undefined) {
    throw new AutomationError("refused", `environment ${environment} keeps no state in Azure`, {
      hint: "configure azure.state and bring the environment up, or leave out --state-file",
    });
  }
  const { resourceGroupName, accountName, containerNames, backendUrls } = state;
  return {
    subscriptionId,
    tenantId,
    resourceGroupName,
    accountName,
    containerName: containerNames.mlResources,
    backendUrl: backendUrls.mlResources,
  };
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(path, text, { mode: 0o600 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AutomationError("fault", `${path} cannot be written: ${reason}`, {
      hint: "name a file in a directory that exists and is writable",
      cause,
    });
  }
}
