import type { PulumiCommand } from "@pulumi/pulumi/automation";
import * as errors from "@pulumi/pulumi/automation/errors";
import { SemVer } from "semver";
import type { ProgramLauncher } from "../program/program-launcher";
import { parseCommandLine } from "./arguments/parse-command-line";
import { ENGINE_VERSION } from "./backend/manifest";
import type { StaleLocks } from "./backend/state-directory";
import { operate, type RunOperation } from "./commands/operate";
import { EngineError } from "./engine-error";
import { runOperation } from "./operations/run-operation";
import type { ProviderSource } from "./provider/provider";
import type { CommandContext } from "./session/command-context";

export interface EmbeddedEngineOptions {
  /** Makes the providers: the engine has no others, and so cannot reach a cloud. */
  readonly providers: ProviderSource;
  /** Starts the program of a project directory; inline programs need none. */
  readonly launchProgram?: ProgramLauncher;
  /** Where the program lies, if its settings are kept elsewhere. @default the directory of `Pulumi.yaml` */
  readonly programDirectory?: string;
  /**
   * How long providers may take to end what they do once an operation is aborted or `customTimeouts` is over, in
   * milliseconds. What they have not ended by then stays in the state as a pending operation.
   * @default 10000
   */
  readonly cancelGraceMs?: number;
  /**
   * What becomes of a stack's lock whose owner is proven to be gone. The real engine refuses it like any other.
   * @default "take-over"
   */
  readonly staleLocks?: StaleLocks;
  /** Carries operations out. @default the engine's own */
  readonly runOperation?: RunOperation;
}

/** What a command of the CLI leaves behind; the Automation API reads `stdout`. */
interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
  toString(): string;
}

/** The part of `PulumiCommand` that the Automation API uses; `run` is internal to the SDK. */
interface EngineCommand {
  readonly command: string;
  readonly version: SemVer;
  run(
    args: readonly string[],
    cwd: string,
    additionalEnv: Readonly<Record<string, string>>,
    onOutput?: (text: string) => void,
    onError?: (text: string) => void,
    signal?: AbortSignal,
  ): Promise<CommandResult>;
}

/** What the SDK gives a command that could not be started or failed. */
const FAILED = -2;

/**
 * An engine in this process that stands in for the Pulumi CLI: hand it to the Automation API as `pulumiCommand`. State,
 * secrets and configuration have the CLI's own formats. Commands that fail reject as the CLI's do, with the SDK's
 * error classes; what the engine does not support is refused with exit code 2.
 */
export function embeddedEngine(options: EmbeddedEngineOptions): PulumiCommand {
  const command: EngineCommand = {
    command: "pulumi",
    version: new SemVer(ENGINE_VERSION),
    async run(args, cwd, additionalEnv, onOutput, onError, signal) {
      const out: string[] = [];
      const err: string[] = [];
      const context: CommandContext = {
        cwd,
        env: { ...process.env, ...additionalEnv, PULUMI_AUTOMATION_API: "true" },
        out: (text) => void (out.push(text), onOutput?.(text)),
        err: (text) => void (err.push(text), onError?.(text)),
        signal,
        staleLocks: options.staleLocks,
      };
      const code = await runCommand(args, context, options);
      const [stdout, stderr] = [out, err].map((texts) => texts.join("").replace(/\r?\n$/, ""));
      if (code === 0) return commandResult(stdout ?? "", stderr ?? "", 0);
      const shown = args.includes("--non-interactive") ? args : [...args, "--non-interactive"];
      const message = [`Command failed with exit code ${code}: pulumi ${shown.join(" ")}`, stderr, stdout];
      throw commandError(commandResult("", message.filter(Boolean).join("\n"), FAILED));
    },
  };
  return command;
}

async function runCommand(
  args: readonly string[],
  context: CommandContext,
  options: EmbeddedEngineOptions,
): Promise<number> {
  try {
    const run = options.runOperation ?? runOperation;
    const verb = parseCommandLine(args, (verbContext, operation) => operate(verbContext, operation, run, options));
    return await verb(context);
  } catch (fault) {
    if (fault instanceof EngineError) {
      context.err(`error: ${fault.message}\n`);
      return fault.exitCode;
    }
    context.err(
      `error: the embedded engine failed: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`,
    );
    return 255;
  }
}

function commandResult(stdout: string, stderr: string, code: number): CommandResult {
  return { stdout, stderr, code, toString: () => `code: ${code}\n stdout: ${stdout}\n stderr: ${stderr}\n err?: \n` };
}

/** The SDK's factory, which tells its error classes apart by what standard error says; its declarations leave it out. */
function commandError(result: CommandResult): Error {
  const { createCommandError } = errors as unknown as {
    createCommandError: (this: void, result: CommandResult) => Error;
  };
  return createCommandError(result);
}
