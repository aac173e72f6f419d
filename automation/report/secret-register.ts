import { masker } from "./mask";

/** The secrets of a run as they become known. Everything that leaves the process goes through `mask`. */
export class SecretRegister {
  private readonly known = new Set<string>();
  private current: (text: string) => string = (text) => text;

  /** `learned` is told of each secret that is new, before anything can be printed with it. */
  constructor(private readonly learned: (secret: string) => void = () => {}) {}

  /** Masks these texts from now on, whatever printed them. */
  add(secrets: Iterable<string>): void {
    const before = this.known.size;
    for (const secret of secrets) {
      if (secret === "" || this.known.has(secret)) continue;
      this.known.add(secret);
      this.learned(secret);
    }
    if (this.known.size > before) this.current = masker(this.known);
  }

  /** A text without the secrets that are known by now. */
  readonly mask = (text: string): string => this.current(text);
}
