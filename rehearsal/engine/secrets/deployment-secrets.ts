import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";
import type { DeploymentFile, ResourceState } from "../state/deployment-file";
import { containsSecrets } from "../values/secret-value";
import { PassphraseSecretsManager } from "./passphrase-secrets-manager";
import { openProperties, sealProperties, secretOf, type Opener, type Sealer } from "./secret-properties";
import type { SymmetricCrypter } from "./symmetric-crypter";

/** The properties of a resource that may hold secrets. */
const PROPERTY_FIELDS = ["inputs", "outputs", "replacementTrigger"] as const;

/**
 * Encrypts and decrypts the secrets of a stack's deployments, and remembers the ciphertext of each place: a secret that
 * did not change keeps its ciphertext. Equal secrets in different places never share one, which would tell that they are equal.
 */
export class DeploymentSecrets {
  private readonly remembered = new Map<string, { plaintext: string; ciphertext: string }>();

  constructor(
    /** The manager that encrypts. */
    private readonly manager: PassphraseSecretsManager,
    private readonly context: Pick<CommandContext, "cwd" | "env">,
  ) {}

  /** The deployment as it is stored: secrets as ciphertexts, and the provider that can open them. */
  async seal(deployment: DeploymentFile): Promise<DeploymentFile> {
    const crypter = holdsSecrets(deployment) ? await this.manager.crypter() : undefined;
    const sealed = mapResources(deployment, (resource, place) =>
      mapProperties(resource, (value, field) =>
        sealProperties(value, (plaintext, trail) => {
          if (!crypter) throw new Error("a secret was not seen before");
          return secretOf({ ciphertext: this.ciphertext(crypter, [place, field, ...trail].join("\n"), plaintext) });
        }),
      ),
    );
    const { manifest, resources, pending_operations: pending, metadata = {}, secrets_providers: _, ...rest } = sealed;
    const stored: DeploymentFile = { manifest, secrets_providers: this.manager.state, resources, metadata };
    if (pending?.length) stored.pending_operations = pending;
    return { ...stored, ...rest };
  }

  /** The deployment with its secrets in clear. Throws EngineError for a provider other than `passphrase`. */
  async open(deployment: DeploymentFile): Promise<DeploymentFile> {
    const crypter = holdsSecrets(deployment) ? await this.crypterOf(deployment) : undefined;
    const own = deployment.secrets_providers?.state?.salt === this.manager.salt;
    const opener = (place: string, field: string): Opener => {
      return (ciphertext, trail) => {
        if (!crypter)
          throw new EngineError("the state holds secrets but names no secrets provider; restore it from a backup");
        const plaintext = crypter.decrypt(ciphertext);
        if (own) this.remembered.set([place, field, ...trail].join("\n"), { plaintext, ciphertext });
        return plaintext;
      };
    };
    return mapResources(deployment, (resource, place) =>
      mapProperties(resource, (value, field) => openProperties(value, opener(place, field))),
    );
  }

  private async crypterOf(deployment: DeploymentFile): Promise<SymmetricCrypter | undefined> {
    const provider = deployment.secrets_providers;
    if (!provider?.type) return undefined;
    const salt = provider.state?.salt;
    if (provider.type !== "passphrase" || typeof salt !== "string") {
      throw new EngineError(
        `secrets provider '${provider.type}' is not supported by this engine, only 'passphrase'; use the Pulumi CLI for this stack`,
      );
    }
    const manager = salt === this.manager.salt ? this.manager : new PassphraseSecretsManager(salt, this.context);
    return await manager.crypter();
  }

  private ciphertext(crypter: SymmetricCrypter, place: string, plaintext: string): string {
    const before = this.remembered.get(place);
    if (before?.plaintext === plaintext) return before.ciphertext;
    const ciphertext = crypter.encrypt(plaintext);
    this.remembered.set(place, { plaintext, ciphertext });
    return ciphertext;
  }
}

/** The deployment with its secrets as `{ ..., plaintext }`: the form of `stack export --show-secrets`. */
export function showSecrets(opened: DeploymentFile): DeploymentFile {
  const show: Sealer = (plaintext) => secretOf({ plaintext });
  return mapResources(opened, (resource) => mapProperties(resource, (value) => sealProperties(value, show)));
}

function holdsSecrets(deployment: DeploymentFile): boolean {
  const states = [
    ...(deployment.resources ?? []),
    ...(deployment.pending_operations ?? []).map(({ resource }) => resource),
  ];
  return states.some((resource) => PROPERTY_FIELDS.some((field) => containsSecrets(resource[field])));
}

/** Replaces resources; `place` tells apart those of one URN, and pending operations from resources. */
function mapResources(
  deployment: DeploymentFile,
  map: (resource: ResourceState, place: string) => ResourceState,
): DeploymentFile {
  const { resources, pending_operations: pending } = deployment;
  const mapped: DeploymentFile = { ...deployment };
  if (resources) mapped.resources = resources.map((resource) => map(resource, `${resource.urn}\n${resource.id ?? ""}`));
  if (pending) {
    mapped.pending_operations = pending.map((operation) => {
      const resource = map(operation.resource, `pending\n${operation.resource.urn}\n${operation.type}`);
      return resource === operation.resource ? operation : { ...operation, resource };
    });
  }
  return mapped;
}

function mapProperties(
  resource: ResourceState,
  map: <T extends NonNullable<ResourceState[(typeof PROPERTY_FIELDS)[number]]>>(value: T, field: string) => T,
): ResourceState {
  let copy: ResourceState | undefined;
  for (const field of PROPERTY_FIELDS) {
    const value = resource[field];
    if (value === undefined || value === null) continue;
    const mapped = map(value, field);
    if (mapped !== value) copy = { ...(copy ?? resource), [field]: mapped };
  }
  return copy ?? resource;
}
