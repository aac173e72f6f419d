import { MASK } from "./render-outputs";

/** Shorter texts occur in others by chance: masking them would hide what is no secret. */
const SHORTEST = 4;

/** Names of environment variables whose values are secrets, and of those that only look like it. */
const SECRET_VARIABLE =
  /TOKEN|SECRET|PASSWORD|PASSPHRASE|PRIVATE_KEY|ACCESS_KEY|API_KEY|ACCOUNT_KEY|CONNECTION_STRING/i;
const NO_SECRET = /_(?:FILE|PATH|URL|URI|ID|PROVIDER|TYPE|NAME|ENDPOINT)$/i;

/** A password of one word, in the environment of a test, would take that word out of everything. */
const SHORTEST_VARIABLE = 8;

/** A function that takes secret texts out of what is about to be printed. */
export function masker(secrets: Iterable<string>): (text: string) => string {
  const known = [...new Set([...secrets].flatMap(spellings))];
  // Longest first: a secret may contain another.
  known.sort((a, b) => b.length - a.length);
  return (text) => known.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}

/** A copy of plain data in which all texts are masked, names of properties too. */
export function maskedCopy<T>(value: T, mask: (text: string) => string): T {
  const copy = (inner: unknown): unknown => {
    if (typeof inner === "string") return mask(inner);
    if (Array.isArray(inner)) return inner.map(copy);
    if (typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([name, member]) => [mask(name), copy(member)]));
  };
  return copy(value) as T;
}

/** The values of the environment variables that hold secrets, as their names say. */
export function environmentSecrets(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value = ""]) =>
    isSecretVariable(name) && value.length >= SHORTEST_VARIABLE ? [value] : [],
  );
}

/** Whether an environment variable of this name holds a secret. */
export function isSecretVariable(name: string): boolean {
  return SECRET_VARIABLE.test(name) && !NO_SECRET.test(name);
}

/** A secret as it may occur in a text: as it is, line by line, and inside JSON, a URL or base64. */
function spellings(secret: string): string[] {
  if (secret.length < SHORTEST) return [];
  const lines = secret.split(/\r?\n/).filter((line) => line.trim().length >= SHORTEST_VARIABLE);
  const encoded = Buffer.from(secret, "utf8").toString("base64").replace(/=+$/, "");
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed()), encoded, ...lines];
}
