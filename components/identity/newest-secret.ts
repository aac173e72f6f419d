import * as pulumi from "@pulumi/pulumi";

/** The names of the two secrets of a principal, of which one is in use while the other is replaced. */
export const secretSlots = ["a", "b"] as const;

/** One of the two secrets of a principal. */
export interface SecretSlot {
  readonly value: pulumi.Input<string>;
  /** When it was made: ISO 8601. */
  readonly madeAt: pulumi.Input<string>;
}

/**
 * The secret to publish: the one that was made last, the first of two of the same age. No clock is needed: what was made
 * last is valid longest. `trunkline rotate` replaces the other one, which thereby becomes the newest.
 */
export function newestSecret(slots: readonly SecretSlot[]): pulumi.Output<string> {
  const newest = pulumi
    .all(slots.map(({ value, madeAt }) => ({ value, madeAt })))
    .apply(
      (known) => known.reduce((best, slot) => (Date.parse(slot.madeAt) > Date.parse(best.madeAt) ? slot : best)).value,
    );
  return pulumi.secret(newest);
}
