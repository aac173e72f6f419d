import type { Source, SourceEvent } from "../deployment/source-event";

/** The wishes of no program: what an operation does from the state alone. */
export class NullSource implements Source {
  async next(): Promise<SourceEvent | undefined> {
    return undefined;
  }

  async close(): Promise<void> {
    // There is nothing to end.
  }
}
