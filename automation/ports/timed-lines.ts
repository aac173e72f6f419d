/**
 * Lines of a log that each begin with their time, in RFC 3339 with nanoseconds. Read again from the time of the last one,
 * what was handed over already is left out.
 */
export class TimedLines {
  /** The time of the last line that was handed over. */
  last: string | undefined;
  private rest = "";
  private seenUntil: string | undefined;

  constructor(private readonly onLine: (line: string) => void) {}

  add(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.take(line);
  }

  /** What comes next begins at the time of the last line. */
  reconnect(): void {
    this.rest = "";
    this.seenUntil = this.last;
  }

  /** The last line may have no end. */
  end(): void {
    if (this.rest !== "") this.take(this.rest);
    this.rest = "";
  }

  private take(line: string): void {
    const [, time, text = ""] = /^(\S+Z) ?(.*)$/s.exec(line) ?? [undefined, undefined, line];
    if (time !== undefined) {
      if (this.seenUntil !== undefined && comparable(time) <= comparable(this.seenUntil)) return;
      this.last = time;
    }
    this.onLine(text.replace(/\r$/, ""));
  }
}

/** Trailing zeros of the fraction are not written: `.5Z` comes after `.49Z`. */
function comparable(time: string): string {
  const [seconds = "", fraction = ""] = time.slice(0, -1).split(".");
  return `${seconds}.${fraction.padEnd(9, "0")}`;
}
