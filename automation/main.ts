import { CommanderError } from "commander";
import { menu, type Invocation } from "./cli";
import { openEngine } from "./engine/open-engine";
import { AutomationError } from "./errors";
import { EXIT_CODES, exitCodeOf, type Exit } from "./exit-codes";
import { ciHost } from "./ports/ci-host";
import { processGatePorts } from "./gate/gate-ports";
import { askGithub } from "./ports/ask-github";
import { git } from "./ports/git";
import { owners } from "./ports/owners";
import { processTerminal } from "./ports/terminal";
import { cliReport } from "./report/cli-report";
import { environmentSecrets } from "./report/mask";
import { SecretRegister } from "./report/secret-register";

/** Runs the CLI for the process's arguments and sets the process's exit code, as nothing else does. */
export async function main(argv: readonly string[], version: string): Promise<void> {
  let exit: Exit = "done";
  const program = menu(version, async (invocation) => {
    exit = await perform(invocation);
  });
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version end this way too; the message is printed already.
    if (error.exitCode !== 0) exit = "usage";
  }
  process.exitCode = exitCodeOf(exit);
}

async function perform({ verb, options }: Invocation): Promise<Exit> {
  const secrets = new SecretRegister();
  secrets.add(environmentSecrets(process.env));
  const report = cliReport(processTerminal(), options.json, secrets);
  const interruption = interruptible(() =>
    report.note("stopping: the state is being written; press Ctrl-C again to end at once"),
  );
  const gate = processGatePorts();
  try {
    const { run, present } = await verb.load();
    const result = await run(
      {
        git,
        openEngine,
        owners: owners(askGithub(gate.github)),
        host: ciHost(process.env, (text) => void process.stdout.write(text)),
        secrets,
        note: (text) => report.note(text),
        gate,
        signal: interruption.signal,
        now: () => performance.now(),
        watch: (operation, tree) => report.watch(operation, tree),
        opened: (chosen, session) => report.opened(chosen, session),
        ended: (ended) => report.ended(ended),
      },
      options,
    );
    return report.result(result, present);
  } catch (error) {
    report.error(error);
    return error instanceof AutomationError ? error.code : "fault";
  } finally {
    interruption.stop();
  }
}

/** The first Ctrl-C asks the operation to stop, the second ends the process. */
function interruptible(asked: () => void): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(EXIT_CODES.fault);
    asked();
    controller.abort();
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  return {
    signal: controller.signal,
    stop: () => void process.off("SIGINT", interrupt).off("SIGTERM", interrupt),
  };
}
