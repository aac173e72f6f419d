/** How the SDK begins and ends its report of a message that it could not hand to the engine. */
const UNDELIVERED = /^failed to deliver log message\./;
const UNDELIVERED_END = /^ message severity: /;
/** The message, of one line or with a stack, was but about the end of the engine, for which the program is not to blame. */
const ABOUT_THE_END =
  /^original message: [^]*?(Channel (has been shut down|closed before call started)|resource monitor shut down|Resource monitor (is terminating|has terminated))/m;

/**
 * What a program writes on standard error, by whole lines, without what the SDK has to say of calls that met an engine
 * which had ended the operation already: the failure that ended it is the one to read.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/log/index.ts
 */
export class ProgramErrors {
  private partial = "";
  /** Lines of a report that has begun. */
  private report: string[] | undefined;

  constructor(private readonly onText: (text: string) => void) {}

  write(text: string): void {
    const lines = (this.partial + text).split("\n");
    this.partial = lines.pop()!;
    this.pass(lines.flatMap((line) => this.take(line)).map((line) => `${line}\n`));
  }

  /** Passes on what is left; to be called when the program has ended. */
  end(): void {
    const cut = this.report ?? [];
    this.report = undefined;
    this.pass([...cut.map((line) => `${line}\n`), ...(this.partial ? [this.partial] : [])]);
    this.partial = "";
  }

  /** The lines that may be passed on, now that this one is known. */
  private take(line: string): string[] {
    if (!this.report && !UNDELIVERED.test(line)) return [line];
    const report = (this.report ??= []);
    report.push(line);
    if (!UNDELIVERED_END.test(line)) return [];
    this.report = undefined;
    return ABOUT_THE_END.test(report.join("\n")) ? [] : report;
  }

  private pass(lines: readonly string[]): void {
    if (lines.length > 0) this.onText(lines.join(""));
  }
}
