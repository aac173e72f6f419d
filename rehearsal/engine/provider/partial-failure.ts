import type { PropertyMap } from "../values/property-value";

/** Thrown by a provider whose resource exists but did not become ready: the engine keeps it with its `reasons`. */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";

  constructor(
    message: string,
    readonly id: string,
    readonly outputs: PropertyMap,
    readonly reasons: readonly string[],
    readonly inputs?: PropertyMap,
  ) {
    super(message);
  }
}
