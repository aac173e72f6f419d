import type { Stack } from "@pulumi/pulumi/automation";
import { readStackSettings, settingsFile } from "../engine/stack-settings";
import { configSecrets } from "../stack/config-secrets";
import type { ExportedState } from "./exported-state";
import { isObject, secretParts, SecretValue } from "./property-values";
import type { UpdatePlan } from "./update-plan";

/**
 * Texts that must not be told: those of the session, the encrypted values of the configuration, and what the state and the
 * plan mark as secret. A structure that is secret as a whole has plain parts, and what is derived from a secret is marked
 * though it may be a region: of what is only marked, whole texts count, and not those that stand unmarked elsewhere.
 */
export async function knownSecrets(
  stack: Stack,
  session: { readonly secrets: readonly string[] },
  state: ExportedState,
  plan: UpdatePlan,
): Promise<string[]> {
  const marked = markedSecrets([...state.secrets, ...plan.secrets], [state.resources, plan.resources]);
  const settings = readStackSettings(settingsFile(stack.workspace.workDir, stack.name));
  const configured = configSecrets(settings, await stack.getAllConfig());
  return [...new Set([...session.secrets, ...configured, ...marked])].filter((text) => text !== "");
}

/** Texts of the values that are marked as secret, but for those that stand unmarked in `among`. */
export function markedSecrets(secrets: readonly unknown[], among: readonly unknown[]): string[] {
  const plain = new Set<string>();
  collectPlain(among, plain);
  return secrets.map(textOf).filter((text) => text !== "" && !plain.has(text));
}

function collectPlain(value: unknown, found: Set<string>): void {
  if (typeof value === "string" || typeof value === "number") found.add(String(value));
  else if (secretParts(value) || value instanceof SecretValue) return;
  else if (Array.isArray(value)) for (const item of value) collectPlain(item, found);
  else if (isObject(value)) for (const inner of Object.values(value)) collectPlain(inner, found);
}

/** The text of a value that is a text or a number; of a structure, nothing. */
function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
