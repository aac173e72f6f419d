import { execFile } from "node:child_process";
import { createInterface } from "node:readline/promises";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import type { AzureStagesPort } from "../ports/azure-stages";
import { gitCheckout, type CheckoutPort } from "../ports/checkout";
import type { GithubPort } from "../ports/github";
import { sshKeygen, type SignaturePort } from "../ports/ssh-keygen";
import type { PromptPort } from "./prompt-approval";

/** What bundles are bound to and who approves them, outside of this process. */
export interface GatePorts {
  readonly checkout: CheckoutPort;
  readonly signatures: SignaturePort;
  readonly prompt: PromptPort;
  /** Opens GitHub; undefined where there is no token. */
  readonly github: () => Promise<GithubPort | undefined>;
  /** Opens Azure DevOps for the stage that this runs in; undefined outside of one, and without its token. */
  readonly azureStages: () => Promise<AzureStagesPort | undefined>;
  readonly clock: () => Date;
  /** Rejects when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The ports of the process. */
export function processGatePorts(env: NodeJS.ProcessEnv = process.env): GatePorts {
  return {
    checkout: gitCheckout,
    signatures: sshKeygen,
    prompt: terminalPrompt(env),
    github: async () => {
      const token = env.GITHUB_TOKEN ?? env.GH_TOKEN;
      if (!token) return undefined;
      const { octokitGithub } = await import("../ports/octokit-github.js");
      return octokitGithub({ token, ...(env.GITHUB_API_URL && { baseUrl: env.GITHUB_API_URL }) });
    },
    azureStages: async () => {
      const { httpAzureStages } = await import("../ports/http-azure-stages.js");
      return httpAzureStages(env);
    },
    clock: () => new Date(),
    sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
  };
}

/** Asks on the process's own streams; nobody sits before those of a pipe, or of CI. */
function terminalPrompt(env: NodeJS.ProcessEnv): PromptPort {
  return {
    async person() {
      if (!process.stdin.isTTY || !process.stderr.isTTY || env.CI) return undefined;
      const { stdout } = await promisify(execFile)("git", ["config", "user.email"]).catch(() => ({ stdout: "" }));
      return stdout.trim() || env.USER || env.USERNAME || "somebody at the terminal";
    },
    async ask(question) {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return await lines.question(question);
      } catch {
        return undefined;
      } finally {
        lines.close();
      }
    },
  };
}
