import { resolve } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { EngineSession } from "../engine/engine-session";
import { AutomationError } from "../errors";
import { outputValues } from "../outputs/flatten-outputs";
import { formatOutputs, type OutputFormat } from "../outputs/format-outputs";
import { readOutputs, type StackOutputs } from "../outputs/read-outputs";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { withStack, type VerbDeps, type VerbOptions } from "./verb";

export interface OutputsOptions extends VerbOptions {
  /** For other programs. @default for people */
  readonly format?: OutputFormat;
  /** A file for them, which only its owner can read. @default they are printed */
  readonly output?: string;
  /** Secrets as well, in clear; only into a file. @default false */
  readonly secrets?: boolean;
}

/** The outputs of an environment. */
export type OutputsResult =
  | {
      readonly kind: "outputs";
      readonly environment: EnvironmentName;
      /** Secrets in clear: mask them before they are printed. */
      readonly outputs: StackOutputs;
    }
  | {
      readonly kind: "formatted";
      readonly environment: EnvironmentName;
      /** Without secrets. */
      readonly text: string;
      readonly leftOut: readonly string[];
    }
  | {
      readonly kind: "written";
      readonly environment: EnvironmentName;
      readonly file: string;
      readonly leftOut: readonly string[];
    };

/**
 * Reads the outputs that the last update of an environment recorded, for people or in a form for other programs. Secrets are
 * handed over on demand only, into a file; the CI system masks them from then on.
 */
export async function outputs(deps: VerbDeps, options: OutputsOptions): Promise<OutputsResult> {
  const { format, output, secrets = false } = options;
  if (format === undefined && (output !== undefined || secrets)) {
    throw new AutomationError("usage", "--output and --secrets hand outputs over to other programs", {
      hint: "say in which form: --format json, env, tfvars or github",
    });
  }
  if (secrets && output === undefined) {
    throw new AutomationError("usage", "secrets are written to a file and never printed", {
      hint: "name the file, which only you can read: --output FILE",
    });
  }
  const needs = { absent: "refuse", stateOnly: true, readOnly: true } as const;
  // What is printed is for another program, and nothing else is printed with it.
  const silent = { ...deps, opened: (_: unknown, session: EngineSession) => deps.secrets.add(session.secrets) };
  const printed = format !== undefined && output === undefined;
  return withStack(printed ? silent : deps, options, needs, async ({ environment, stack }): Promise<OutputsResult> => {
    const read = await readOutputs(stack);
    const known = outputValues(read).filter(({ secret }) => secret);
    if (format === undefined) {
      deps.secrets.add(known.map(({ value }) => value));
      return { kind: "outputs", environment, outputs: read };
    }
    const { text, leftOut } = formatOutputs(read, format, secrets);
    deps.secrets.add(known.map(({ value }) => value));
    if (output === undefined && leftOut.length > 0) deps.note(`left out are secrets: ${leftOut.join(", ")}`);
    if (output === undefined) return { kind: "formatted", environment, text, leftOut };
    // First the mask, then the value: a later step may print the file.
    if (secrets) for (const { value } of known) deps.host.mask(value);
    const file = resolve(options.cwd, output);
    await write(file, text);
    return { kind: "written", environment, file, leftOut };
  });
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(file, text, { mode: 0o600 });
  } catch (cause) {
    throw new AutomationError("fault", `${file} cannot be written: ${cause instanceof Error ? cause.message : ""}`, {
      hint: "name a file in a folder that exists and can be written to: --output FILE",
      cause,
    });
  }
}
