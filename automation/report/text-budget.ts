/** Gathers parts of a text that has a longest length, and counts what no longer found room. */
export class TextBudget {
  private readonly parts: string[] = [];
  private left: number;

  /** `measure` gives the length of a text in the unit of the limit: characters or bytes. */
  constructor(
    limit: number,
    private readonly measure: (text: string) => number,
  ) {
    this.left = limit;
  }

  /** Adds a part where it has room; answers whether it had. */
  add(part: string): boolean {
    const length = this.measure(part);
    if (length > this.left) return false;
    this.left -= length;
    this.parts.push(part);
    return true;
  }

  /** Adds as many of the parts as have room, in order, between two that belong to them; answers how many. */
  addWithin(before: string, parts: readonly string[], after: string): number {
    const frame = this.measure(before) + this.measure(after);
    let room = this.left - frame;
    let count = 0;
    for (const part of parts) {
      const length = this.measure(part);
      if (length > room) break;
      room -= length;
      count++;
    }
    if (count > 0) this.add([before, ...parts.slice(0, count), after].join(""));
    return count;
  }

  toString(): string {
    return this.parts.join("");
  }
}
