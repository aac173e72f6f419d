import { AsyncQueue } from "../deployment/async-queue";
import type { Source, SourceEvent } from "../deployment/source-event";

/** Thrown into calls of a program that waits for what will never be done. */
export class ShutDownError extends Error {
  override readonly name = "ShutDownError";

  constructor() {
    super("resource monitor shut down");
  }
}

type Item = { readonly event: SourceEvent | undefined } | { readonly error: Error };

/** The wishes of a running program, and its end. */
export class ProgramSource implements Source {
  private readonly queue = new AsyncQueue<Item>();
  private readonly onShutdown = new Set<(error: Error) => void>();
  private readonly released: Promise<void>;
  private release!: () => void;
  private shut = false;
  private ended = false;

  /** `endProgram` is told to wait for the program's end, or, where it does not come by itself, to bring it about. */
  constructor(private readonly endProgram: () => Promise<void>) {
    this.released = new Promise((resolve) => (this.release = resolve));
  }

  /** Passes a wish on; rejects, and so does everything that waits for an answer, once the operation has ended. */
  ask<T>(makeEvent: (answer: (result: T) => void) => SourceEvent): Promise<T> {
    if (this.shut) return Promise.reject(new ShutDownError());
    return new Promise((resolve, reject) => {
      this.onShutdown.add(reject);
      const answer = (result: T): void => {
        this.onShutdown.delete(reject);
        resolve(result);
      };
      this.queue.push({ event: makeEvent(answer) });
    });
  }

  /** The program has no more wishes, or failed. The first call counts. */
  end(error?: Error): void {
    if (this.ended) return;
    this.ended = true;
    this.queue.push(error ? { error } : { event: undefined });
  }

  /** Resolves when the operation has ended, so that the program may go, too. */
  async waitForShutdown(): Promise<void> {
    this.end();
    await this.released;
  }

  async next(): Promise<SourceEvent | undefined> {
    const item = await this.queue.next();
    if ("error" in item) throw item.error;
    return item.event;
  }

  async close(): Promise<void> {
    this.shut = true;
    for (const reject of this.onShutdown) reject(new ShutDownError());
    this.onShutdown.clear();
    this.release();
    await this.endProgram();
  }
}
