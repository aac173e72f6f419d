/** A difference from the recordings that is wanted, or cannot be helped. */
export interface AcceptedDifference {
  readonly scenario: string;
  /** The place, exactly as a replay names it. */
  readonly at: string;
  readonly reason: string;
}

/**
 * Every place where the embedded engine goes another way than the recordings, with the reason. The conformance test
 * fails for a difference that is not listed here, and for one that is listed and does not show.
 *
 * Where the embedded engine does better without any recording showing it, docs/conformance.md says so.
 */
export const ACCEPTED_DIFFERENCES: readonly AcceptedDifference[] = [];
