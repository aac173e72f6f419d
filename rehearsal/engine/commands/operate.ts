import type { ProgramLauncher } from "../../program/program-launcher";
import type { OperationRequest } from "../arguments/operation-request";
import type { ProviderSource } from "../provider/provider";
import type { CommandContext } from "../session/command-context";
import { openStackSession } from "../session/open-stack-session";
import type { StackSession } from "../session/stack-session";
import { stackRm } from "./stack-rm";

/** What an operation is given besides the stack. */
export interface OperationDependencies {
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
}

/** Carries an operation out and answers the exit code. */
export type RunOperation = (
  context: CommandContext,
  session: StackSession,
  request: OperationRequest,
  dependencies: OperationDependencies,
) => Promise<number>;

export interface OperateOptions {
  readonly stack?: string;
  readonly configFile?: string;
  readonly request: OperationRequest;
  /** `destroy`: removes the stack, but not its configuration file, after success. */
  readonly remove: boolean;
}

/** `up`, `preview`, `refresh` and `destroy`: opens the stack and carries the operation out; answers the exit code. */
export async function operate(
  context: CommandContext,
  options: OperateOptions,
  run: RunOperation,
  dependencies: OperationDependencies,
): Promise<number> {
  const session = await openStackSession(context, options.stack, { configFile: options.configFile });
  const code = await run(context, session, options.request, dependencies);
  if (code === 0 && options.remove && !options.request.previewOnly) {
    const removal = {
      name: session.qualifiedName,
      yes: true,
      force: false,
      preserveConfig: true,
      removeBackups: false,
    };
    await stackRm(context, removal);
  }
  return code;
}
