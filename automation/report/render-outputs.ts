import type { OutputMap } from "@pulumi/pulumi/automation";
import { stringify } from "yaml";
import type { StackOutput } from "../outputs/read-outputs";

/** What is printed in the place of a secret. */
export const MASK = "[secret]";

/** Outputs as they were read; what has no masked form is masked as a whole where it is a secret. */
type ShownOutputs = Readonly<Record<string, OutputMap[string] | StackOutput>>;

/** The outputs with secrets masked, as plain values. */
export function maskedOutputs(outputs: ShownOutputs): Record<string, unknown> {
  const entries = Object.entries(outputs).map(([name, output]): [string, unknown] => [
    name,
    "masked" in output ? output.masked : output.secret ? MASK : output.value,
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The outputs as YAML, secrets masked. */
export function renderOutputs(outputs: ShownOutputs): string[] {
  const values = maskedOutputs(outputs);
  if (Object.keys(values).length === 0) return ["(none)"];
  return stringify(values, { lineWidth: 0 }).trimEnd().split("\n");
}
