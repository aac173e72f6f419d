import type { OperationRequest } from "../arguments/operation-request";
import type { StepOp } from "../deployment/step";
import { nameOf, typeOf } from "../deployment/urn";
import type { Diagnostic } from "../events/event-reporter";
import { mapsEqual, propertiesEqual } from "../values/property-equality";
import { SIGNATURE_KEY, type PropertyValue } from "../values/property-value";
import { isSecret, mapUnlessSame, mapValuesUnlessSame } from "../values/secret-value";
import { isUnknown } from "../values/unknown-value";
import { isMap } from "../values/property-value";
import type { Operation } from "./operation";

/** The text at the end of an operation: what went wrong, the outputs, and what was done, as the CLI lays it out. */
export function operationText(
  operation: Operation,
  request: OperationRequest,
  succeeded: boolean,
  startedAt: number,
): string {
  const lines: string[] = [];
  lines.push(...diagnosticLines(operation.reporter.diagnostics));
  if (!request.suppressOutputs && succeeded) lines.push(...outputLines(operation));
  lines.push(...resourceLines(operation.reporter.changes, request.previewOnly));
  const seconds = Math.max(1, Math.ceil((Date.now() - startedAt) / 1000));
  if (!request.previewOnly) lines.push(`Duration: ${seconds}s`, "");
  return lines.length > 0 ? `${lines.join("\n")}\n` : "";
}

function diagnosticLines(diagnostics: readonly Diagnostic[]): string[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const group = groups.get(diagnostic.urn);
    if (group) group.push(diagnostic);
    else groups.set(diagnostic.urn, [diagnostic]);
  }
  if (groups.size === 0) return [];
  const lines = ["Diagnostics:"];
  for (const [urn, group] of groups) {
    lines.push(`  ${urn ? `${typeOf(urn)} (${nameOf(urn)})` : "pulumi:pulumi:Stack"}:`);
    for (const { severity, message } of group) {
      const prefix = severity === "info" || severity === "info#err" ? "" : `${severity}: `;
      lines.push(
        ...`${prefix}${message}`
          .trimEnd()
          .split("\n")
          .map((line) => `    ${line}`),
      );
    }
    lines.push("");
  }
  return lines;
}

function outputLines({ oldOutputs = {}, outputs }: Operation): string[] {
  if (!outputs) return [];
  const keys = [...new Set([...Object.keys(oldOutputs), ...Object.keys(outputs)])].sort();
  if (keys.length === 0) return [];
  const fresh = Object.keys(oldOutputs).length === 0;
  const same = mapsEqual(oldOutputs, outputs);
  const lines = keys.map((key) => {
    const before = oldOutputs[key];
    const after = outputs[key];
    if (fresh || same || propertiesEqual(before, after)) return `    ${key}: ${show(after ?? before)}`;
    if (before === undefined) return `  + ${key}: ${show(after)}`;
    if (after === undefined) return `  - ${key}: ${show(before)}`;
    return `  ~ ${key}: ${show(before)} => ${show(after)}`;
  });
  return ["Outputs:", ...lines, ""];
}

function show(value: PropertyValue | undefined): string {
  if (value === undefined) return "<null>";
  if (isSecret(value)) return "[secret]";
  if (isUnknown(value)) return "[unknown]";
  return JSON.stringify(masked(value));
}

function masked(value: PropertyValue): PropertyValue {
  if (isSecret(value)) return "[secret]";
  if (isUnknown(value)) return "[unknown]";
  if (Array.isArray(value)) return mapUnlessSame(value, masked);
  if (!isMap(value)) return value;
  const { [SIGNATURE_KEY]: _, ...plain } = value;
  return mapValuesUnlessSame(plain, masked);
}

const VERBS: readonly (readonly [StepOp, string, string, string])[] = [
  ["create", "+ ", "created", "to create"],
  ["update", "~ ", "updated", "to update"],
  ["replace", "+-", "replaced", "to replace"],
  ["import", "= ", "imported", "to import"],
  ["delete", "- ", "deleted", "to delete"],
  ["discard", "< ", "discarded", "to discard"],
  ["read", "> ", "read", "to read"],
];

function resourceLines(changes: Readonly<Partial<Record<StepOp, number>>>, planning: boolean): string[] {
  const counted = VERBS.flatMap(([op, sign, done, planned]) => {
    const count = changes[op];
    return count ? [{ count, line: `    ${sign}${count} ${planning ? planned : done}` }] : [];
  });
  const same = changes.same ?? 0;
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  const lines = counted.map(({ line }) => line);
  if (counted.length > 1) lines.push(`    ${total} changes.${same > 0 ? ` ${same} unchanged` : ""}`);
  else if (same > 0) lines.push(`    ${same} unchanged`);
  return lines.length > 0 ? ["Resources:", ...lines, ""] : [];
}
