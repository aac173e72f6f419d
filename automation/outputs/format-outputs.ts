import { AutomationError } from "../errors";
import { flattenOutputs, outputValues, type FlatOutput } from "./flatten-outputs";
import type { StackOutputs } from "./read-outputs";

/** The forms in which outputs are handed over. */
export const OUTPUT_FORMATS = ["json", "env", "tfvars", "github"] as const;

/** The forms in which outputs are handed over. */
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Outputs as a text for other programs. */
export interface FormattedOutputs {
  readonly text: string;
  /** Secrets that are not in it, by their paths. */
  readonly leftOut: readonly string[];
}

/**
 * Outputs as a text: `json` and `tfvars` with their names and forms, `env` and `github` with every value under a name of its
 * own. Secrets are left out unless they are asked for.
 */
export function formatOutputs(outputs: StackOutputs, format: OutputFormat, secrets: boolean): FormattedOutputs {
  const leftOut = secrets ? [] : outputValues(outputs).filter(({ secret }) => secret);
  const names = leftOut.map(({ path }) => path.join("."));
  switch (format) {
    case "json":
      return { text: `${JSON.stringify(treeOf(outputs, secrets), null, 2)}\n`, leftOut: names };
    case "tfvars":
      return { text: tfvars(treeOf(outputs, secrets)), leftOut: names };
    case "env":
    case "github": {
      const shown = flattenOutputs(outputs).filter(({ secret }) => secrets || !secret);
      return { text: shown.map(format === "env" ? envLine : githubLine).join(""), leftOut: names };
    }
  }
}

/** A line that a shell reads back as the value, whatever it holds: `set -a; . FILE`. */
function envLine({ name, value, path }: FlatOutput): string {
  if (value.includes("\0")) {
    throw new AutomationError("usage", `the output ${path.join(".")} holds a NUL, which no variable can`, {
      hint: "use --format json",
    });
  }
  return `${name}='${value.replaceAll("'", `'\\''`)}'\n`;
}

/** An entry for GITHUB_OUTPUT or GITHUB_ENV, between two lines that the value does not have. */
function githubLine({ name, value }: FlatOutput): string {
  let end = "END";
  while (value.split(/\r?\n/).includes(end)) end += "_";
  return `${name}<<${end}\n${value}\n${end}\n`;
}

/** Outputs with their forms; a secret that is left out is not there. */
function treeOf(outputs: StackOutputs, secrets: boolean): Record<string, unknown> {
  const sorted = Object.entries(outputs).sort(([a], [b]) => (a < b ? -1 : 1));
  const entries = sorted.map(([name, { value, masked }]) => [name, secrets ? value : kept(value, masked)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function kept(value: unknown, masked: unknown): unknown {
  if (value === masked) return value;
  if (Array.isArray(value) || typeof value !== "object" || value === null) {
    return JSON.stringify(value) === JSON.stringify(masked) ? value : undefined;
  }
  if (typeof masked !== "object" || masked === null) return undefined;
  const entries = Object.entries(value).map(([key, inner]) => {
    return [key, kept(inner, (masked as Readonly<Record<string, unknown>>)[key])] as const;
  });
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

/** HCL: names that Terraform takes, values as it writes them. See https://developer.hashicorp.com/terraform/language/syntax/configuration. */
function tfvars(tree: Readonly<Record<string, unknown>>): string {
  const names = new Map<string, string>();
  return Object.entries(tree)
    .map(([name, value]) => {
      const variable = terraformName(name);
      const other = names.get(variable);
      if (other !== undefined) {
        throw new AutomationError("usage", `the outputs ${other} and ${name} both get the name ${variable}`, {
          hint: "use --format json, which keeps names as they are",
        });
      }
      names.set(variable, name);
      return `${variable} = ${hcl(value, "")}\n`;
    })
    .join("");
}

function terraformName(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase();
  const plain = words.replace(/[^a-z\d_-]+/g, "_");
  return /^[a-z_]/.test(plain) ? plain : `_${plain}`;
}

function hcl(value: unknown, indent: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => hcl(item, indent)).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const inner = `${indent}  `;
    const members = Object.entries(value).map(([key, member]) => `${inner}${hclText(key)} = ${hcl(member, inner)}\n`);
    return members.length === 0 ? "{}" : `{\n${members.join("")}${indent}}`;
  }
  return typeof value === "string" ? hclText(value) : String(value);
}

/** A text in which nothing is a template; JSON's escapes are HCL's. */
function hclText(text: string): string {
  const quoted = JSON.stringify(text).replace(/[$%](?=\{)/g, "$&$&");
  return quoted.replace(/\\([bf])/g, (_, sign: string) => (sign === "b" ? "\\u0008" : "\\u000c"));
}
