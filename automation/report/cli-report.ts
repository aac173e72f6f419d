import type { EngineSession } from "../engine/engine-session";
import { errorCodeOf } from "../error-codes/error-code";
import { AutomationError } from "../errors";
import type { Exit } from "../exit-codes";
import type { Terminal } from "../ports/terminal";
import type { ChosenEnvironment } from "../stack/choose-environment";
import type { OperationName, OperationReport, OperationWatcher } from "../stack/run-operation";
import type { Presenter } from "../verbs/verb-definition";
import { liveReport } from "./live-report";
import type { OperationTree } from "./operation-tree";
import { renderReport } from "./render-report";
import { SecretRegister } from "./secret-register";

/** Prints what a verb does and answers, for people or as one JSON document; secrets are masked before anything is printed. */
export interface CliReport {
  opened(chosen: ChosenEnvironment, session: EngineSession): void;
  watch(operation: OperationName, tree: OperationTree): OperationWatcher;
  /** One of several operations of a verb has ended. */
  ended(report: OperationReport): void;
  /** Prints the result; answers how the CLI ends. */
  result<Result>(result: Result, present: Presenter<Result>): Exit;
  error(error: unknown): void;
  note(text: string): void;
}

/** Reports to a terminal; with `json` the result alone is written to standard output. */
export function cliReport(terminal: Terminal, json: boolean, secrets = new SecretRegister()): CliReport {
  const { mask } = secrets;
  const masked: Terminal = {
    ...terminal,
    out: (text) => terminal.out(mask(text)),
    err: (text) => terminal.err(mask(text)),
  };
  const print = (lines: readonly string[]) => masked.out(lines.map((line) => `${line}\n`).join(""));
  return {
    opened({ environment, reason }, session) {
      secrets.add(session.secrets);
      if (json) return;
      print([`environment ${environment}: ${reason}`, ...session.notes.map((note) => `note: ${note}`), ""]);
    },
    watch(operation, tree) {
      if (json) return { ended: () => {}, stop: () => {} };
      return liveReport(operation, tree, masked, () => performance.now());
    },
    ended(report) {
      if (!json) print(renderReport(report, masked));
    },
    result(result, present) {
      print(json ? [JSON.stringify(present.json(result), null, 2)] : present.lines(result, masked));
      return present.exit(result);
    },
    error(error) {
      const { message, hint, code } = described(error);
      if (json) print([JSON.stringify({ kind: "error", message, hint, code }, null, 2)]);
      else {
        masked.err(`${terminal.colours.red(`error: ${message}`)}\n`);
        if (hint) masked.err(`next: ${hint}\n`);
        if (code) masked.err(`more: trunkline explain ${code}\n`);
      }
    },
    note: (text) => masked.err(`${text}\n`),
  };
}

/** A fault that no one foresaw keeps its stack, so that it can be reported. */
function described(error: unknown): { message: string; hint?: string; code?: string } {
  if (error instanceof AutomationError) return { message: error.message, hint: error.hint, code: errorCodeOf(error) };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
