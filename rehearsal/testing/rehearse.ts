import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConfigMap, LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import { embeddedEngine } from "../engine/embedded-engine";
import type { Provider, ProviderSource } from "../engine/provider/provider";
import { generatedPassphrase } from "./generated-passphrase";
import { RehearsalStack } from "./rehearsal-stack";

export interface RehearseOptions {
  /** The providers, each of which serves every version of its package, or what makes them. */
  readonly providers: readonly Provider[] | ProviderSource;
  /** Name of the project. @default "rehearsal" */
  readonly project?: string;
  /** Name of the stack. @default "dev" */
  readonly stack?: string;
  /** Configuration by key, in the project's namespace where a key has none; `{ value, secret: true }` for a secret. */
  readonly config?: Readonly<Record<string, string | { readonly value: string; readonly secret?: boolean }>>;
}

/**
 * Makes an empty stack for a program, to take its components through their life: create, update, replace, delete. Its
 * state lies in a directory of its own below the system's temporary one until `close`; nothing else of the process or
 * the disk is touched, and several may run at once.
 */
export async function rehearse(program: PulumiFn, options: RehearseOptions): Promise<RehearsalStack> {
  const directory = await mkdtemp(join(tmpdir(), "trunkline-rehearse-"));
  try {
    return new RehearsalStack(await openStack(program, options, directory), directory);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function openStack(program: PulumiFn, options: RehearseOptions, directory: string): Promise<Stack> {
  const { project: projectName = "rehearsal", stack: stackName = "dev", config = {} } = options;
  const { passphrase, encryptionSalt } = await generatedPassphrase();
  const url = `file://${directory}`;
  const stack = await LocalWorkspace.createStack(
    { projectName, stackName, program },
    {
      workDir: directory,
      pulumiHome: join(directory, "home"),
      pulumiCommand: embeddedEngine({ providers: sourceOf(options.providers) }),
      projectSettings: { name: projectName, runtime: "nodejs", backend: { url } },
      stackSettings: { [stackName]: { encryptionSalt } },
      envVars: { PULUMI_BACKEND_URL: url, PULUMI_CONFIG_PASSPHRASE: passphrase },
    },
  );
  const values: ConfigMap = {};
  for (const [key, value] of Object.entries(config)) values[key] = typeof value === "string" ? { value } : { ...value };
  if (Object.keys(values).length > 0) await stack.setAllConfig(values);
  return stack;
}

function sourceOf(providers: RehearseOptions["providers"]): ProviderSource {
  if (typeof providers === "function") return providers;
  const byName = new Map(providers.map((provider) => [provider.name, provider]));
  if (byName.size < providers.length) {
    const names = providers.map(({ name }) => name).join(", ");
    throw new Error(`two providers have the same name: ${names}; give one for each package`);
  }
  return (name) => byName.get(name);
}
