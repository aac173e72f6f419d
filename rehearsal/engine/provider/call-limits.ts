import { UnansweredError } from "./unanswered-error";

/** A call to a provider, as messages name it. */
export interface LimitedCall {
  /** Name of the method. */
  readonly method: string;
  /** What it is about: a URN or a token. */
  readonly subject: string;
  /** How long the user lets it take; 0 for no limit. */
  readonly timeoutSeconds?: number;
}

/** What a timer can wait for, in milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * How long one operation waits for its providers, in milliseconds: once it is aborted or a call has taken as long as the
 * user allows, a provider has `graceMs` to answer. One that does not is left alone, and its call fails with
 * UnansweredError.
 */
export class CallLimits {
  private readonly waiting = new Set<() => void>();
  private grace: NodeJS.Timeout | undefined;
  private over = false;
  private readonly begin = (): void => {
    this.grace = setTimeout(() => {
      this.over = true;
      for (const giveUp of this.waiting) giveUp();
    }, this.graceMs);
  };

  constructor(
    private readonly graceMs: number,
    private readonly signal: AbortSignal | undefined,
  ) {
    if (signal?.aborted) this.begin();
    else signal?.addEventListener("abort", this.begin, { once: true });
  }

  /** The answer of a call. Throws UnansweredError where it does not come in time. */
  async answer<T>(call: LimitedCall, perform: () => Promise<T>): Promise<T> {
    const { method, subject, timeoutSeconds = 0 } = call;
    const cancelled = `the operation was cancelled, and the provider did not end its ${method} of '${subject}'`;
    if (this.over) throw new Error(`the operation was cancelled before the ${method} of '${subject}'`);
    let timer: NodeJS.Timeout | undefined;
    let giveUp: (() => void) | undefined;
    const unanswered = new Promise<never>((_, reject) => {
      giveUp = () => reject(new UnansweredError(`${cancelled} within ${seconds(this.graceMs)}`));
      this.waiting.add(giveUp);
      const limitMs = timeoutSeconds * 1000 + this.graceMs;
      if (timeoutSeconds <= 0 || limitMs > LONGEST_MS) return;
      const late = `the provider did not end its ${method} of '${subject}' within the ${seconds(timeoutSeconds * 1000)} that`;
      timer = setTimeout(() => reject(new UnansweredError(`${late} customTimeouts allows`)), limitMs);
    });
    try {
      return await Promise.race([perform(), unanswered]);
    } finally {
      clearTimeout(timer);
      if (giveUp) this.waiting.delete(giveUp);
    }
  }

  /** Ends the waiting for an abort; to be called when the operation is over. */
  close(): void {
    clearTimeout(this.grace);
    this.signal?.removeEventListener("abort", this.begin);
  }
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}
