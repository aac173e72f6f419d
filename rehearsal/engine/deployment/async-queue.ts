/** A queue whose reader waits for the next item. */
export class AsyncQueue<T> {
  private readonly items: T[] = [];
  private waiting: ((item: T) => void) | undefined;

  push(item: T): void {
    if (!this.waiting) {
      this.items.push(item);
      return;
    }
    const deliver = this.waiting;
    this.waiting = undefined;
    deliver(item);
  }

  /** The next item; only one reader may wait at a time. */
  next(): Promise<T> {
    if (this.items.length > 0) return Promise.resolve(this.items.shift()!);
    return new Promise((resolve) => (this.waiting = resolve));
  }
}
