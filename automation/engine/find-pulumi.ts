import { PulumiCommand } from "@pulumi/pulumi/automation";
import { AutomationError } from "../errors";

/** The CLI lets its providers end after the first interrupt, and gives them and its lock up after the second. */
const SECOND_INTERRUPT_MS = 4_000;

/**
 * The Pulumi CLI on PATH; an operation of it that is aborted is interrupted, and again where it has not ended in time: CI
 * kills what takes longer than 7.5 s. Throws AutomationError where it is missing or older than the SDK works with.
 */
export async function findPulumi(secondInterruptMs = SECOND_INTERRUPT_MS): Promise<PulumiCommand> {
  try {
    return withSecondInterrupt(await PulumiCommand.get(), secondInterruptMs);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const missing = /ENOENT|not found/.test(reason);
    throw new AutomationError(
      "fault",
      missing ? "the Pulumi CLI is not on PATH" : `the Pulumi CLI cannot be used: ${reason}`,
      {
        hint: "install it as https://www.pulumi.com/docs/install/ says, or rehearse without it: --target rehearsal",
        cause,
      },
    );
  }
}

/** The part of `PulumiCommand` that is internal to the SDK. */
interface RunsCommands {
  run(
    args: string[],
    cwd: string,
    env: Record<string, string>,
    onOutput?: (text: string) => void,
    onError?: (text: string) => void,
    signal?: EventTarget,
  ): Promise<unknown>;
}

/** The SDK sends an interrupt for each `abort` event, of which a signal has one only. */
function withSecondInterrupt(command: PulumiCommand, afterMs: number): PulumiCommand {
  const runner = command as unknown as RunsCommands;
  const run = runner.run.bind(command);
  runner.run = async (args, cwd, env, onOutput, onError, signal) => {
    if (!signal) return run(args, cwd, env, onOutput, onError);
    const interrupts = new EventTarget();
    const interrupt = () => interrupts.dispatchEvent(new Event("abort"));
    let timer: NodeJS.Timeout | undefined;
    const aborted = () => {
      interrupt();
      timer = setTimeout(interrupt, afterMs);
    };
    signal.addEventListener("abort", aborted, { once: true });
    try {
      return await run(args, cwd, env, onOutput, onError, interrupts);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", aborted);
    }
  };
  return command;
}
