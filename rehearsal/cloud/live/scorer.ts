/** What runs a scoring script for one slot. */
export interface Scorer {
  /** Settles when the script can score; rejects with its last words where it never will. */
  readonly ready: Promise<void>;
  /** The answer to the body of a request, as JSON; rejects with a {@link ScoringError} where the script fails. */
  score(data: string): Promise<string>;
  /** What it has written, line by line, the latest last. */
  readonly log: readonly string[];
  /** Ends what it runs, after its open requests. */
  close(): Promise<void>;
}

/** A scoring script that raised, or ended. */
export class ScoringError extends Error {
  override readonly name = "ScoringError";
}

/** What a scorer is made for. */
export interface ScorerRequest {
  /** Registered model, `name:version`. */
  readonly model: string;
  /** Variables of the deployment. */
  readonly environment: Readonly<Record<string, string>>;
}
