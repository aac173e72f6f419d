import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { AutomationError } from "../errors";
import type { CiHost } from "./ci-host";

/**
 * Tells GitHub Actions. Outputs and the summary go to the files that the runner names; each value stands between two lines
 * that it cannot contain, so that no value makes another output.
 * See https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands.
 */
export function githubActionsHost(env: NodeJS.ProcessEnv, write: (text: string) => void): CiHost {
  const masked: string[] = [];
  return {
    name: "github",
    mask: (secret) => {
      // The runner takes one line at a time, and would take a part of a line for a command of its own.
      for (const line of secret.split(/\r?\n/).filter((text) => text.trim().length > 3)) {
        masked.push(line);
        write(`::add-mask::${escapeData(line)}\n`);
      }
    },
    output: (name, value) => {
      if (masked.some((secret) => value.includes(secret))) {
        throw new AutomationError("fault", `the output ${name} holds a secret and is not written`, {
          hint: "later jobs read secrets from where they are kept",
        });
      }
      append(env.GITHUB_OUTPUT, entry(name, value));
    },
    summary: (markdown) => append(env.GITHUB_STEP_SUMMARY, `${markdown}\n`),
    annotate: (level, text) => write(`::${level}::${escapeData(text)}\n`),
  };
}

function append(file: string | undefined, text: string): void {
  if (file) appendFileSync(file, text);
}

function entry(name: string, value: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(name)) throw new AutomationError("fault", `"${name}" cannot be the name of an output`);
  const delimiter = `end-${randomUUID()}`;
  if (value.includes(delimiter)) throw new AutomationError("fault", `the output ${name} holds its own end`);
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
