import { randomBytes } from "node:crypto";
import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";
import type { SecretsManager } from "../session/stack-session";
import { deriveKey } from "./derive-key";
import { readPassphrase } from "./passphrase";
import { SymmetricCrypter } from "./symmetric-crypter";

/** What a verifier decrypts to under the right key. */
const VERIFIER_PLAINTEXT = "pulumi";
const SALT_BYTES = 8;

/**
 * The CLI's `passphrase` secrets provider. Its state is `v1:<salt>:<verifier>`, which stands as `encryptionsalt` in
 * `Pulumi.<stack>.yaml` and as `salt` in a checkpoint. The key is derived at the first use.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/secrets/passphrase/manager.go
 */
export class PassphraseSecretsManager implements SecretsManager {
  readonly state: SecretsManager["state"];
  private opened?: Promise<SymmetricCrypter>;

  constructor(
    /** `v1:<salt>:<verifier>` */
    readonly salt: string,
    private readonly context: Pick<CommandContext, "cwd" | "env">,
  ) {
    this.state = { type: "passphrase", state: { salt } };
  }

  /** A manager with a new salt. Throws EngineError where no passphrase is set. */
  static async create(context: Pick<CommandContext, "cwd" | "env">): Promise<PassphraseSecretsManager> {
    const salt = randomBytes(SALT_BYTES);
    const crypter = new SymmetricCrypter(await deriveKey(await readPassphrase(context), salt));
    const state = `v1:${salt.toString("base64")}:${crypter.encrypt(VERIFIER_PLAINTEXT)}`;
    return new PassphraseSecretsManager(state, context);
  }

  /**
   * The crypter with the derived key. Throws EngineError "incorrect passphrase" where the passphrase does not fit, and
   * for a state of another form.
   */
  crypter(): Promise<SymmetricCrypter> {
    this.opened ??= this.open();
    return this.opened;
  }

  async encrypt(plaintext: string): Promise<string> {
    return (await this.crypter()).encrypt(plaintext);
  }

  async decrypt(ciphertext: string): Promise<string> {
    return (await this.crypter()).decrypt(ciphertext);
  }

  private async open(): Promise<SymmetricCrypter> {
    const [version, saltText, ...verifier] = this.salt.split(":");
    if (version !== "v1" || saltText === undefined || verifier.length !== 3) {
      throw new EngineError(
        `malformed encryption salt '${this.salt}': expected v1:<salt>:<verifier>; restore it from the stack's checkpoint ` +
          "(secrets_providers.state.salt) or from version control",
      );
    }
    const crypter = new SymmetricCrypter(
      await deriveKey(await readPassphrase(this.context), Buffer.from(saltText, "base64")),
    );
    try {
      if (crypter.decrypt(verifier.join(":")) === VERIFIER_PLAINTEXT) return crypter;
    } catch {
      // Reported below: a verifier that does not open means another passphrase.
    }
    throw new EngineError(
      "incorrect passphrase: it does not fit the stack's encryption salt; set PULUMI_CONFIG_PASSPHRASE or " +
        "PULUMI_CONFIG_PASSPHRASE_FILE to the passphrase that the stack was created with",
    );
  }
}
