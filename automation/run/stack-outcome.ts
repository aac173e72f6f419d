/** What the work on one stack came to. */
export type WorkOutcome =
  /** It was brought to what its program declares. */
  | { readonly kind: "applied" }
  /** There was nothing to change. */
  | { readonly kind: "unchanged" }
  /** A preview found changes: what depends on it would be planned on outputs that will not stay. */
  | { readonly kind: "changing" }
  /** The gate is not open, or it could not begin: nothing was done. */
  | { readonly kind: "refused"; readonly reason: string }
  /** It failed, and what it did until then is in its state. */
  | { readonly kind: "failed"; readonly reason: string }
  /** It was told to stop, and what it did until then is in its state. */
  | { readonly kind: "stopped" }
  /** It ended without an answer: what became of it has to be looked up. */
  | { readonly kind: "unknown"; readonly reason: string };

/** How a stack ended in a run of several. */
export type StackOutcome =
  | WorkOutcome
  /** Not begun, because these stacks that it builds on, directly or not, did not come to a good end. */
  | { readonly kind: "blocked"; readonly by: readonly string[] }
  /** Not begun, because these stacks that it builds on, directly or not, are going to change. */
  | { readonly kind: "waiting"; readonly for: readonly string[] };
