/** Replaces configured secrets in text. Secrets of fewer than three characters are left: masking them hides nothing. */
export class SecretFilter {
  private readonly secrets: readonly string[];

  constructor(secrets: Iterable<string>) {
    this.secrets = [...new Set(secrets)].filter((secret) => secret.length >= 3).sort((a, b) => b.length - a.length);
  }

  mask(text: string): string {
    return this.secrets.reduce((masked, secret) => masked.replaceAll(secret, "[secret]"), text);
  }
}
