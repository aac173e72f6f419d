import type { ConfigMap } from "@pulumi/pulumi/automation";
import type { StackSettings } from "../engine/stack-settings";

/**
 * The secrets of a stack's configuration in clear, so that they can be masked: what its settings hold as `secure`, by the
 * decrypted values. Of an object only its secure members count; the others are no secrets and stay readable.
 */
export function configSecrets(settings: StackSettings | undefined, decrypted: ConfigMap): string[] {
  return Object.entries(settings?.config ?? {}).flatMap(([key, raw]) => {
    const { value, secret } = decrypted[key] ?? {};
    if (value === undefined) return [];
    if (typeof raw !== "object" || raw === null) return secret ? [value] : [];
    return isSecure(raw) ? [value] : secureMembers(raw, parsed(value));
  });
}

function secureMembers(raw: unknown, value: unknown): string[] {
  if (typeof raw !== "object" || raw === null) return [];
  if (isSecure(raw)) return [typeof value === "string" ? value : JSON.stringify(value)];
  const members = (value ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(raw).flatMap(([key, inner]) => secureMembers(inner, members[key]));
}

function isSecure(raw: object): boolean {
  return Object.keys(raw).length === 1 && "secure" in raw && typeof raw.secure === "string";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
