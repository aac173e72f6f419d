import { scryptSync } from "node:crypto";
import { canonicalJson } from "./canonical-json";

/** About 30 ms and 16 MiB for each guess at a secret: what reads a bundle must not find a short secret by trying. */
const COST = { N: 2 ** 14, r: 8, p: 1 };

/** Digests of secrets with the salt of one bundle; equal values have equal digests. */
export class SecretDigests {
  private readonly known = new Map<string, string>();

  /** `salt`: hexadecimal. */
  constructor(private readonly salt: string) {}

  /** The digest of a value in clear. */
  of(value: unknown): string {
    const text = canonicalJson(value ?? null);
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const digest = `scrypt:${scryptSync(text, Buffer.from(this.salt, "hex"), 32, COST).toString("hex")}`;
    this.known.set(text, digest);
    return digest;
  }
}
