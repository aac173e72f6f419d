/** One of the two secrets of a principal, as the state has it; never its value. */
export interface CredentialSlot {
  readonly urn: string;
  readonly name: string;
  /** When it was made, and when it ends: milliseconds since 1970. */
  readonly madeAt: number;
  readonly expiresAt: number;
}

/** The two secrets of a principal; one alone where an update was interrupted before it made the other. */
export interface CredentialPair {
  /** Name of the component that makes them, such as `dev-azure-identity`. */
  readonly principal: string;
  /** What kind of secret it is, in words. */
  readonly kind: string;
  readonly slots: readonly CredentialSlot[];
}

/** What an exported deployment holds of a resource, as far as secrets are found by it. */
export interface DeployedResource {
  readonly urn: string;
  readonly type: string;
  /** Replaced, and waiting to be deleted. */
  readonly delete?: boolean;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Where each kind of secret says when it was made and when it ends. */
const KINDS: Readonly<Record<string, { readonly kind: string; readonly madeAt: string; readonly expiresAt: string }>> =
  {
    "azuread:index/applicationPassword:ApplicationPassword": {
      kind: "secret of an Entra application",
      madeAt: "startDate",
      expiresAt: "endDate",
    },
    "databricks:index/servicePrincipalSecret:ServicePrincipalSecret": {
      kind: "secret of a Databricks service principal",
      madeAt: "createTime",
      expiresAt: "expireTime",
    },
  };

/** The pairs of secrets of a deployment, in the order in which the state has them. Other secrets of these types are left alone. */
export function credentialPairs(resources: readonly DeployedResource[]): CredentialPair[] {
  const pairs = new Map<string, CredentialPair>();
  for (const resource of resources) {
    const kind = KINDS[resource.type];
    const name = resource.urn.slice(resource.urn.lastIndexOf("::") + 2);
    const [, principal] = /^(.+)-secret-[ab]$/.exec(name) ?? [];
    if (kind === undefined || principal === undefined || resource.delete === true) continue;
    const slot: CredentialSlot = {
      urn: resource.urn,
      name,
      madeAt: moment(resource, kind.madeAt),
      expiresAt: moment(resource, kind.expiresAt),
    };
    const key = `${resource.type} ${principal}`;
    pairs.set(key, { principal, kind: kind.kind, slots: [...(pairs.get(key)?.slots ?? []), slot] });
  }
  return [...pairs.values()].map((pair) => ({
    ...pair,
    slots: pair.slots.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }));
}

function moment({ urn, outputs }: DeployedResource, property: string): number {
  const value = outputs?.[property];
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw new Error(`${property} of ${urn} is ${JSON.stringify(value)}, expected a moment`);
  return time;
}
