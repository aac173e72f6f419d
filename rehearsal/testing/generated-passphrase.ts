import { randomBytes } from "node:crypto";
import { PassphraseSecretsManager } from "../engine/secrets/passphrase-secrets-manager";

/** A passphrase that nobody chose, and the salt that goes with it, as `encryptionsalt` of a stack's configuration file. */
export interface GeneratedPassphrase {
  readonly passphrase: string;
  readonly encryptionSalt: string;
}

let generated: Promise<GeneratedPassphrase> | undefined;

/**
 * The passphrase of this process's rehearsals: at random, never on disk. All of them share it together with its salt,
 * so that the key, whose derivation takes about 0.2 s of CPU, is derived once per process and off the main thread.
 */
export function generatedPassphrase(): Promise<GeneratedPassphrase> {
  generated ??= generate();
  return generated;
}

async function generate(): Promise<GeneratedPassphrase> {
  const passphrase = randomBytes(32).toString("base64url");
  const env = { PULUMI_CONFIG_PASSPHRASE: passphrase };
  const { salt } = await PassphraseSecretsManager.create({ cwd: "", env });
  return { passphrase, encryptionSalt: salt };
}
