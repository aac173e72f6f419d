import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassphraseSecretsManager } from "../../rehearsal/engine/secrets/passphrase-secrets-manager";

/** The bytes of every file below a directory; links and what `skipped` names, by its path from there, are left out. */
export function writtenFiles(directory: string, skipped: readonly string[] = []): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  const visit = (path: string) => {
    for (const entry of readdirSync(join(directory, path), { withFileTypes: true })) {
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isSymbolicLink() || skipped.includes(inner)) continue;
      if (entry.isDirectory()) visit(inner);
      else files.set(inner, readFileSync(join(directory, inner)));
    }
  };
  visit("");
  return files;
}

/** A secret as it may be written down: as it is, in a URL, in hexadecimal digits, or in base64 at any of its three phases. */
export function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const phases = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before, "x"), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // The letters at both ends also say something of the bytes beside the secret.
    return text.slice(before === 0 ? 0 : before + 1, -2);
  });
  return [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), bytes.toString("hex"), ...phases])]; // prettier-ignore
}

/** Where a secret is written in clear, and as what. */
export function findSecret(secret: string, files: ReadonlyMap<string, Buffer>): string[] {
  const spellings = spellingsOf(secret);
  return [...files].flatMap(([path, content]) =>
    spellings.filter((spelling) => content.includes(spelling)).map((spelling) => `${path}: ${spelling}`),
  );
}

/** Properties of resources that hold a secret, by their types. */
const SECRET_OUTPUTS: Readonly<Record<string, string>> = {
  "azuread:index/applicationPassword:ApplicationPassword": "value",
  "databricks:index/servicePrincipalSecret:ServicePrincipalSecret": "secret",
  "databricks:index/gitCredential:GitCredential": "personalAccessToken",
  "random:index/randomPassword:RandomPassword": "result",
};

/** The secrets of a state in clear, by the URN and the property that holds them. Throws where one is not encrypted. */
export async function secretsOfState(file: string, passphrase: string): Promise<ReadonlyMap<string, string>> {
  const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as { checkpoint: { latest: Latest } };
  const { resources, secrets_providers } = checkpoint.latest;
  const context = { cwd: "/", env: { PULUMI_CONFIG_PASSPHRASE: passphrase } };
  const manager = new PassphraseSecretsManager(secrets_providers.state.salt, context);
  const secrets = new Map<string, string>();
  for (const { urn, type, outputs = {} } of resources) {
    const property = SECRET_OUTPUTS[type];
    if (property === undefined) continue;
    const { ciphertext } = (outputs[property] ?? {}) as { ciphertext?: string };
    if (ciphertext === undefined) throw new Error(`${property} of ${urn} is not encrypted`);
    secrets.set(`${urn} ${property}`, JSON.parse(await manager.decrypt(ciphertext)) as string);
  }
  return secrets;
}

interface Latest {
  readonly resources: readonly { urn: string; type: string; outputs?: Readonly<Record<string, unknown>> }[];
  readonly secrets_providers: { readonly state: { readonly salt: string } };
}
