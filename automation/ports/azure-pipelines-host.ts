import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AutomationError } from "../errors";
import type { CiHost } from "./ci-host";

/**
 * Tells Azure Pipelines, by logging commands.
 * See https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands.
 */
export function azurePipelinesHost(env: NodeJS.ProcessEnv, write: (text: string) => void): CiHost {
  const masked: string[] = [];
  return {
    name: "azure-pipelines",
    mask: (secret) => {
      for (const line of secret.split(/\r?\n/).filter((text) => text.trim().length > 3)) {
        masked.push(line);
        write(`##vso[task.setsecret]${escapeData(line)}\n`);
      }
    },
    output: (name, value) => {
      if (masked.some((secret) => value.includes(secret))) {
        throw new AutomationError("fault", `the output ${name} holds a secret and is not written`, {
          hint: "later jobs read secrets from where they are kept",
        });
      }
      write(`##vso[task.setvariable variable=${escapeProperty(name)};isOutput=true]${escapeData(value)}\n`);
    },
    summary: (markdown) => {
      const file = join(mkdtempSync(join(env.AGENT_TEMPDIRECTORY || tmpdir(), "trunkline-")), "trunkline.md");
      writeFileSync(file, markdown);
      write(`##vso[task.uploadsummary]${escapeData(file)}\n`);
    },
    annotate: (level, text) => {
      if (level === "notice") write(`${escapeData(text)}\n`);
      else write(`##vso[task.logissue type=${level}]${escapeData(text)}\n`);
    },
  };
}

/** The agent decodes `%AZP25` in data back to `%`. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%AZP25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(";", "%3B").replaceAll("]", "%5D");
}
