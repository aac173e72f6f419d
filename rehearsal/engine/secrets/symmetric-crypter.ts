import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { EngineError } from "../engine-error";

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts texts with AES-256-GCM in the CLI's form `v1:<nonce>:<ciphertext and tag>`, both in base64.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/config/crypt.go
 */
export class SymmetricCrypter {
  /** `key` has 32 bytes. */
  constructor(private readonly key: Buffer) {}

  encrypt(plaintext: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, nonce);
    const sealed = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
  }

  /** Throws EngineError for a text of another form, and for one that another key has encrypted. */
  decrypt(ciphertext: string): string {
    const [version, nonceText, sealedText, ...rest] = ciphertext.split(":");
    if (version !== "v1" || nonceText === undefined || sealedText === undefined || rest.length > 0) {
      throw new EngineError("malformed ciphertext: expected v1:<nonce>:<ciphertext>; restore the file from a backup");
    }
    const nonce = Buffer.from(nonceText, "base64");
    const sealed = Buffer.from(sealedText, "base64");
    if (nonce.length !== NONCE_BYTES || sealed.length < TAG_BYTES) {
      throw new EngineError("malformed ciphertext: nonce or tag is too short; restore the file from a backup");
    }
    const decipher = createDecipheriv(ALGORITHM, this.key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    try {
      const opened = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
      return Buffer.concat([opened, decipher.final()]).toString("utf8");
    } catch (cause) {
      throw new EngineError("failed to decrypt: the secret was encrypted with another key, or was altered", 1, {
        cause,
      });
    }
  }
}
