import { MASK } from "./render-outputs";

/** Shorter texts occur in others by chance: masking them would hide what is no secret. */
const SHORTEST = 4;

/** A function that takes secret texts out of what is about to be printed. */
export function masker(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST);
  // Longest first: a secret may contain another.
  known.sort((a, b) => b.length - a.length);
  return (text) => known.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}
