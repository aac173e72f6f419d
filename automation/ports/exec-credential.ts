import { spawn } from "node:child_process";
import { z } from "zod";
import { AutomationError } from "../errors";
import type { ExecPlugin } from "./kubeconfig";

const answer = z.looseObject({
  kind: z.literal("ExecCredential"),
  status: z.looseObject({ token: z.string().min(1), expirationTimestamp: z.iso.datetime({ offset: true }).nullish() }),
});

/** A token for an API server. */
export interface ExecCredential {
  readonly token: string;
  /** Milliseconds since 1970 until which it is good; absent where the program does not say. */
  readonly expiresAt?: number;
}

const PATIENCE_MS = 60_000;

/**
 * Asks the program that a kubeconfig names for a token. Throws AutomationError where it is missing, fails, or answers
 * something else.
 * See https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins.
 */
export async function execCredential(plugin: ExecPlugin, env: NodeJS.ProcessEnv): Promise<ExecCredential> {
  const { apiVersion, command, args } = plugin;
  const { code, stdout, stderr } = await run(plugin, {
    ...env,
    ...Object.fromEntries((plugin.env ?? []).map(({ name, value }) => [name, value])),
    KUBERNETES_EXEC_INFO: JSON.stringify({ apiVersion, kind: "ExecCredential", spec: { interactive: false } }),
  });
  if (code !== 0) {
    throw new AutomationError("fault", `${command} gives no token: ${stderr.trim() || `exit code ${code}`}`, {
      hint: (args ?? []).includes("azurecli")
        ? "log in with az login, and try again"
        : "see what it says, and try again",
    });
  }
  const parsed = answer.safeParse(jsonOf(stdout));
  if (!parsed.success) {
    throw new AutomationError("fault", `${command} answers no ExecCredential with a token`, {
      hint: "run it by hand with the arguments of the kubeconfig: its version may be another",
    });
  }
  const { token, expirationTimestamp } = parsed.data.status;
  return { token, ...(expirationTimestamp && { expiresAt: Date.parse(expirationTimestamp) }) };
}

interface PluginRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run({ command, args, installHint }: ExecPlugin, env: NodeJS.ProcessEnv): Promise<PluginRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args ?? [], { env, stdio: ["ignore", "pipe", "pipe"], timeout: PATIENCE_MS });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.once("error", (cause) => {
      const hint = installHint ?? `install ${command}, and try again`;
      reject(
        new AutomationError("fault", `${command} did not start: ${cause.message}`, {
          hint,
          cause,
          errorCode: "cluster-login-missing",
        }),
      );
    });
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
