import type { CredentialPair, CredentialSlot } from "./credential-pair";

const DAY_IN_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Days before the end of a secret from which on it is replaced. */
export const DEFAULT_WINDOW_DAYS = 60;

/** What is to be done about one pair of secrets. */
export interface RotationDecision {
  readonly pair: CredentialPair;
  /** The secret that CI works with: the newest, the first of two of the same age, as the program publishes it. */
  readonly published: CredentialSlot;
  /** Whole days until it ends; negative when it has ended. */
  readonly daysLeft: number;
  /**
   * `current`: nothing to do. `due`: its end is near. `expired`: CI cannot log in any more. `incomplete`: the pair has one
   * secret only, and an update makes the other.
   */
  readonly status: "current" | "due" | "expired" | "incomplete";
  /** URN of the secret to replace: never the published one, which stays valid beside the new one. */
  readonly replace?: string;
}

/**
 * Decides for each pair whether its published secret ends within the window, and which secret is replaced then. The
 * secret that is made becomes the newest and thereby the published one, so that the same question asked again, whatever
 * interrupted the answer, has nothing left to replace.
 */
export function rotationDue(
  pairs: readonly CredentialPair[],
  now: number,
  windowDays: number = DEFAULT_WINDOW_DAYS,
): RotationDecision[] {
  return pairs.map((pair): RotationDecision => {
    const published = pair.slots.reduce((best, slot) => (slot.madeAt > best.madeAt ? slot : best));
    const other = pair.slots.find((slot) => slot !== published);
    const left = published.expiresAt - now;
    const decision = { pair, published, daysLeft: Math.floor(left / DAY_IN_MILLISECONDS) };
    if (other === undefined) return { ...decision, status: "incomplete" };
    if (left > windowDays * DAY_IN_MILLISECONDS) return { ...decision, status: "current" };
    return { ...decision, status: left > 0 ? "due" : "expired", replace: other.urn };
  });
}
