import type { OutputMap } from "@pulumi/pulumi/automation";
import { stringify } from "yaml";

/** What is printed in the place of a secret. */
export const MASK = "[secret]";

/** The outputs with secrets masked, as plain values. */
export function maskedOutputs(outputs: OutputMap): Record<string, unknown> {
  const entries = Object.entries(outputs).map(([name, { value, secret }]): [string, unknown] => [
    name,
    secret ? MASK : value,
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The outputs as YAML, secrets masked. */
export function renderOutputs(outputs: OutputMap): string[] {
  const values = maskedOutputs(outputs);
  if (Object.keys(values).length === 0) return ["(none)"];
  return stringify(values, { lineWidth: 0 }).trimEnd().split("\n");
}
