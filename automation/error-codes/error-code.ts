import type { AutomationError } from "../errors";
import type { ExitKind } from "../exit-codes";
import { bundleCodes } from "./bundle-codes";
import { ciCodes } from "./ci-codes";
import { commandLineCodes } from "./command-line-codes";
import { engineCodes } from "./engine-codes";
import { eventCodes } from "./event-codes";
import { mlflowCodes } from "./mlflow-codes";
import { releaseCodes } from "./release-codes";
import { runCodes } from "./run-codes";
import { stateCodes } from "./state-codes";
import { workspaceCodes } from "./workspace-codes";

/** An error that a user can look up. */
export interface ErrorCode {
  readonly exit: Exclude<ExitKind, "done">;
  /**
   * What only messages of this error have in them: its code is told by these words. Empty where the words are those of
   * another program; the error names its code itself then.
   */
  readonly words: readonly string[];
  /** What has happened, in one or two sentences. */
  readonly meaning: string;
  /** What to do, in one or two sentences. */
  readonly remedy: string;
}

/** Error codes of one subject by their names, which stay what they are once they are released. */
export type ErrorCodes = Readonly<Record<string, ErrorCode>>;

/** Every error code, by subject: what `trunkline explain` and docs/errors.md are made from. */
export const ERROR_SUBJECTS: Readonly<Record<string, ErrorCodes>> = {
  "The command line": commandLineCodes,
  "Event and branch": eventCodes,
  "Projects and settings": workspaceCodes,
  Engines: engineCodes,
  "State and locks": stateCodes,
  "Several stacks": runCodes,
  "Bundle and gate": bundleCodes,
  "Releases of models": releaseCodes,
  "CI systems": ciCodes,
  MLflow: mlflowCodes,
};

/** Every error code by its name. */
export const ERROR_CODES: ErrorCodes = Object.assign({}, ...Object.values(ERROR_SUBJECTS)) as ErrorCodes;

/** The code of an error: the one that it names itself, else the one that its words have; undefined where neither is known. */
export function errorCodeOf({ code, message, errorCode }: AutomationError): string | undefined {
  if (errorCode !== undefined) return errorCode in ERROR_CODES ? errorCode : undefined;
  const said = ({ exit, words }: ErrorCode) => exit === code && words.some((part) => message.includes(part));
  return Object.keys(ERROR_CODES).find((name) => said(ERROR_CODES[name]!));
}
