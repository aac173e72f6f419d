import type { SecretsManager } from "../session/stack-session";
import type { ConfigValue } from "../session/stack-session";
import { ciphertextOf, holdsCiphertext, type StoredObject, type StoredValue } from "./config-object";

/** What stands for a secret that is not shown. */
export const BLINDED = "[secret]";

/** Makes text of a ciphertext: its plaintext, or something in its stead. */
export type Reveal = (ciphertext: string) => Promise<string>;

/** Reveals secrets with a stack's secrets provider. */
export function revealWith(secrets: Pick<SecretsManager, "decrypt">): Reveal {
  return (ciphertext) => secrets.decrypt(ciphertext);
}

/**
 * A stored value as programs get it: scalars as text, lists and objects as JSON with sorted keys, secrets revealed. A
 * structure is secret as a whole where a part of it is.
 */
export async function configValue(stored: StoredValue, reveal: Reveal): Promise<ConfigValue> {
  const ciphertext = ciphertextOf(stored);
  if (ciphertext !== undefined) return { value: await reveal(ciphertext), secret: true, object: false };
  if (typeof stored === "string") return { value: stored, secret: false, object: false };
  const value = JSON.stringify(await revealed(stored, reveal));
  return { value, secret: holdsCiphertext(stored), object: typeof stored === "object" };
}

async function revealed(stored: StoredValue, reveal: Reveal): Promise<StoredValue> {
  const ciphertext = ciphertextOf(stored);
  if (ciphertext !== undefined) return await reveal(ciphertext);
  if (Array.isArray(stored)) return await Promise.all(stored.map((element) => revealed(element, reveal)));
  if (typeof stored !== "object" || stored === null) return stored;
  const object: StoredObject = {};
  for (const key of Object.keys(stored).sort()) object[key] = await revealed(stored[key] ?? null, reveal);
  return object;
}
