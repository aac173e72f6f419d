import { RunError } from "@pulumi/pulumi";
import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import { at } from "./schema-kit";
import { shownValue } from "./shown-value";

/** One fault of a config. */
export interface ConfigFault {
  /** Where, in the notation of `pulumi config --path`, such as `trunkline:aws.identity.writePolicyArns[0]`. */
  readonly path: string;
  /** What is wrong there: the value got, `missing` or `unknown key`. */
  readonly problem: string;
  /** What would be right. */
  readonly allowed: string;
  /** The key that was probably meant, for an unknown key. */
  readonly suggestion?: string;
}

/** Says everything that is wrong with the config of a stack. Pulumi prints it without a stack trace. */
export class EnvironmentConfigError extends RunError {
  constructor(
    stack: string,
    readonly faults: readonly ConfigFault[],
  ) {
    const title = `the config of stack ${JSON.stringify(stack)} has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}`;
    const advice = `correct Pulumi.${stack}.yaml and try again`;
    super([`${title}:`, ...faults.map((fault) => `  ${faultLine(fault)}`), advice].join("\n"));
    this.name = "EnvironmentConfigError";
  }
}

/** The faults that a schema found in `raw`, whose top-level keys stand in the namespace `namespace` of the stack's config. */
export function configFaults(namespace: string, raw: unknown, issues: readonly z.core.$ZodIssue[]): ConfigFault[] {
  return issues.flatMap((issue): ConfigFault[] => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => unknownKey(configPath(namespace, [...issue.path, key]), key, issue.message));
    }
    const path = configPath(namespace, issue.path);
    if (issue.code === "invalid_key") {
      return [{ path, problem: "this key", allowed: issue.issues.map(({ message }) => message).join(", ") }];
    }
    const value = at(raw, issue.path);
    return [
      {
        path,
        problem: value === undefined ? "missing" : `got ${shownValue(value, issue.path)}`,
        allowed: issue.message,
      },
    ];
  });
}

function unknownKey(path: string, key: string, allowed: string): ConfigFault {
  const nearest = closest(key, allowed.split(", "));
  const meant = distance(key.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, Math.floor(key.length / 3));
  return { path, problem: "unknown key", allowed, ...(meant ? { suggestion: nearest } : {}) };
}

function configPath(namespace: string, [first, ...rest]: readonly PropertyKey[]): string {
  const steps = rest.map((key) =>
    typeof key === "number"
      ? `[${key}]`
      : /^[\w-]+$/.test(String(key))
        ? `.${String(key)}`
        : `[${JSON.stringify(key)}]`,
  );
  return `${namespace}:${first === undefined ? "" : String(first)}${steps.join("")}`;
}

function faultLine({ path, problem, allowed, suggestion }: ConfigFault): string {
  return `${path}: ${problem}${suggestion === undefined ? "" : `, did you mean ${suggestion}?`}; allowed: ${allowed}`;
}
