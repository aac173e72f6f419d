import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AutomationError } from "../errors";

/** A signature that fits, and by which key. */
export interface VerifiedSignature {
  /** `SHA256:…`, which is the same under whichever name the key is listed. */
  readonly fingerprint: string;
}

/** Signs and checks texts with SSH keys. */
export interface SignaturePort {
  /** Signs with a private key, or with the agent's key where a public one is named. Throws AutomationError where it cannot. */
  sign(key: string, namespace: string, text: string): Promise<string>;
  /** Undefined where the signature is not this principal's, by the allowed-signers file, or the key is not valid now. */
  verify(check: SignatureCheck): Promise<VerifiedSignature | undefined>;
}

export interface SignatureCheck {
  /** Path of the file that lists who may sign. */
  readonly allowedSigners: string;
  readonly principal: string;
  readonly namespace: string;
  readonly signature: string;
  readonly text: string;
}

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Asks the `ssh-keygen` on PATH.
 * @see https://man.openbsd.org/ssh-keygen#Y
 */
export const sshKeygen: SignaturePort = {
  async sign(key, namespace, text) {
    const { code, stdout, stderr } = await run(["-Y", "sign", "-q", "-f", key, "-n", namespace], text);
    if (code === 0 && stdout.includes("BEGIN SSH SIGNATURE")) return stdout;
    throw new AutomationError("usage", `ssh-keygen cannot sign with ${key}: ${stderr.trim() || `exit code ${code}`}`, {
      hint: "name a private key of yours with --key, or a public one whose private key the agent has",
    });
  },
  async verify({ allowedSigners, principal, namespace, signature, text }) {
    const directory = await mkdtemp(join(tmpdir(), "trunkline-signature-"));
    try {
      const file = join(directory, "signature");
      await writeFile(file, signature);
      const args = ["-Y", "verify", "-f", allowedSigners, "-I", principal, "-n", namespace, "-s", file];
      const { code, stdout } = await run(args, text);
      const [, fingerprint] = /\bkey (SHA256:\S+)/.exec(stdout) ?? [];
      return code === 0 && fingerprint !== undefined ? { fingerprint } : undefined;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

function run(args: readonly string[], input: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn("ssh-keygen", args, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, LC_ALL: "C" } });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (part: string) => (stdout += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (stderr += part));
    child.once("error", (cause) => {
      reject(
        new AutomationError("fault", `ssh-keygen did not start: ${cause.message}`, {
          hint: "install OpenSSH 8.9 or newer: approvals are signed and checked with it",
          cause,
        }),
      );
    });
    child.once("close", (code) => resolve({ code, stdout, stderr }));
    // Where it fails before it has read everything, its exit code says so.
    child.stdin.on("error", () => undefined).end(input);
  });
}
