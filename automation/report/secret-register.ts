import { masker } from "./mask";

/** The secrets of a run as they become known. Everything that leaves the process goes through `mask`. */
export class SecretRegister {
  private readonly known = new Set<string>();
  private readonly followers: ((secret: string) => void)[] = [];
  private current: (text: string) => string = (text) => text;

  /** Masks these texts from now on, whatever printed them. */
  add(secrets: Iterable<string>): void {
    const before = this.known.size;
    for (const secret of secrets) {
      if (secret === "" || this.known.has(secret)) continue;
      this.known.add(secret);
      for (const learned of this.followers) learned(secret);
    }
    if (this.known.size > before) this.current = masker(this.known);
  }

  /** Tells of each secret that is known, and of each later one before anything can be printed with it. */
  follow(learned: (secret: string) => void): void {
    this.followers.push(learned);
    for (const secret of this.known) learned(secret);
  }

  /** A text without the secrets that are known by now. */
  readonly mask = (text: string): string => this.current(text);
}
