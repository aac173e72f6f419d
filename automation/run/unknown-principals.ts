import type { OperationReport } from "../stack/run-operation";

/** What Azure says of a principal that its directory does not know, or not everywhere yet. */
const UNKNOWN_PRINCIPAL = /PrincipalNotFound[^]*?Principal ([0-9a-f-]{32,36}) does not exist in the directory/i;

/** Seconds between attempts; a new principal is known everywhere after one to two minutes. */
const PAUSES_SECONDS = [5, 15, 30, 60, 60] as const;

export interface PrincipalWait {
  readonly signal: AbortSignal;
  /** Is told how each attempt before the last one ended. */
  readonly ended: (report: OperationReport) => void;
  readonly note: (text: string) => void;
  /** Rejects when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The principals that a directory does not know, where that is all that an operation failed of; else none. */
export function unknownPrincipals({ result, tree }: OperationReport): string[] {
  if (result !== "failed") return [];
  const errors = tree.messages.filter(
    ({ severity, urn }) => severity === "error" && !urn.includes("::pulumi:pulumi:Stack::"),
  );
  const found = errors.map(({ text }) => UNKNOWN_PRINCIPAL.exec(text)?.[1]);
  return found.includes(undefined) ? [] : [...new Set(found.filter((id) => id !== undefined))];
}

/**
 * Runs an update again, after pauses that grow, while all that it fails of are principals that a directory does not know:
 * new ones are not known everywhere at once, see https://github.com/Azure/azure-powershell/issues/2286. What an attempt has
 * done stays done. Answers the last report.
 */
export async function untilPrincipalsAreKnown(
  run: () => Promise<OperationReport>,
  { signal, ended, note, sleep }: PrincipalWait,
): Promise<OperationReport> {
  let report = await run();
  for (const seconds of PAUSES_SECONDS) {
    const unknown = unknownPrincipals(report);
    if (unknown.length === 0 || signal.aborted) return report;
    ended(report);
    note(`the directory does not know ${unknown.join(", ")} yet: again in ${seconds} s`);
    await sleep(seconds * 1000, signal).catch(() => undefined);
    if (signal.aborted) return report;
    report = await run();
  }
  return report;
}
