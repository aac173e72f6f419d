import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Provider } from "../../../../rehearsal/engine/provider/provider";
import type { PropertyMap } from "../../../../rehearsal/engine/values/property-value";
import type { CloudSeed } from "../../../../rehearsal/cloud/seed";
import { DEFAULT_SEED } from "../../../../rehearsal/cloud/seed";
import type { SimulatedCloudOptions } from "../../../../rehearsal/cloud/simulated-cloud";
import { SimulatedCloud } from "../../../../rehearsal/cloud/simulated-cloud";

/**
 * The default world with an organization, two repositories, a team, an OIDC provider to adopt, a subscription of another
 * tenant and a Databricks account with a workspace, and a cluster.
 */
export const SEED: CloudSeed = {
  ...DEFAULT_SEED,
  aws: {
    ...DEFAULT_SEED.aws,
    accounts: DEFAULT_SEED.aws.accounts.map((account) =>
      account.alias === "tst"
        ? {
            ...account,
            openIdConnectProviders: [
              { url: "https://token.actions.githubusercontent.com", clientIds: ["sts.amazonaws.com"] },
            ],
          }
        : account,
    ),
  },
  azure: {
    ...DEFAULT_SEED.azure,
    subscriptions: [
      ...DEFAULT_SEED.azure.subscriptions,
      { id: "66666666-6666-4666-8666-666666666666", tenantId: "55555555-5555-4555-8555-555555555555" },
    ],
  },
  databricks: {
    accounts: [
      {
        id: "33333333-3333-4333-8333-333333333333",
        workspaces: [
          {
            id: "4444444444444444",
            host: "https://adb-4444444444444444.4.azuredatabricks.net",
            securables: ["main", "main.default"],
          },
        ],
        groups: ["mlops-service-principals"],
        models: [{ name: "main.default.fares", versions: ["1", "2", "3"] }],
      },
    ],
  },
  kubernetes: { clusters: [{ server: "https://cluster.example.org:443" }] },
  github: {
    ...DEFAULT_SEED.github,
    owners: [
      {
        login: "acme",
        id: 42,
        kind: "Organization",
        repositories: [
          { name: "platform", id: 700, nodeId: "R_platform", branches: ["develop"] },
          { name: "site", id: 701, nodeId: "R_site", visibility: "public" },
        ],
        teams: [{ slug: "ops", id: 9, members: ["engineer"] }],
      },
    ],
  },
};

/** Runs a test with a path for a document in a directory of its own, which goes away afterwards. */
export async function withDocument<T>(test: (file: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "simulated-cloud-"));
  try {
    return await test(join(directory, "cloud.json"));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Runs a test with a cloud of its own. */
export async function withCloud<T>(
  test: (cloud: SimulatedCloud) => Promise<T>,
  options: SimulatedCloudOptions = {},
): Promise<T> {
  return withDocument(async (file) => {
    const cloud = await SimulatedCloud.open(file, { seed: SEED, ...options });
    try {
      return await test(cloud);
    } finally {
      await cloud.close();
    }
  });
}

/** What the engine holds of a resource after it was created. */
export interface Held {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** Address of the workspace of the seed. */
export const WORKSPACE = "https://adb-4444444444444444.4.azuredatabricks.net";

/** Address of the API server of the seed's cluster. */
const CLUSTER = "https://cluster.example.org:443";

const kubeconfig = JSON.stringify({
  "current-context": "acme",
  contexts: [{ name: "acme", context: { cluster: "acme", user: "acme" } }],
  clusters: [{ name: "acme", cluster: { server: CLUSTER } }],
});

/** Configuration of those providers that cannot be without. */
const USUAL: Readonly<Record<string, PropertyMap>> = {
  github: { owner: "acme" },
  databricks: { host: WORKSPACE },
  kubernetes: { kubeconfig },
};

/** Calls a provider as the engine does. */
export class Driver {
  private constructor(readonly provider: Provider) {}

  static async configured(cloud: SimulatedCloud, packageName: string, config: PropertyMap = {}): Promise<Driver> {
    const provider = cloud.providers(packageName);
    if (provider === undefined) throw new Error(`no provider ${packageName}`);
    await provider.configure({ ...USUAL[packageName], ...config });
    return new Driver(provider);
  }

  /** Failures of `check`, each as `property: reason`. */
  async faults(type: string, inputs: PropertyMap): Promise<string[]> {
    const { failures = [] } = await this.check(type, "thing", inputs);
    return failures.map(({ property, reason }) => `${property}: ${reason}`);
  }

  async check(type: string, name: string, newInputs: PropertyMap, oldInputs?: PropertyMap) {
    return this.provider.check({ ...identity(type, name), newInputs, oldInputs, randomSeed: new Uint8Array([7]) });
  }

  async create(type: string, inputs: PropertyMap, name = "thing"): Promise<Held> {
    const checked = await this.check(type, name, inputs);
    if (checked.failures?.length)
      throw new Error(checked.failures.map(({ property, reason }) => `${property}: ${reason}`).join("; "));
    const request = { ...identity(type, name), inputs: checked.inputs, preview: false, timeoutSeconds: 0 };
    return { ...identity(type, name), ...(await this.provider.create(request)), inputs: checked.inputs };
  }

  async preview(type: string, inputs: PropertyMap, name = "thing"): Promise<PropertyMap> {
    const checked = await this.check(type, name, inputs);
    const request = { ...identity(type, name), inputs: checked.inputs, preview: true, timeoutSeconds: 0 };
    return (await this.provider.create(request)).outputs;
  }

  async diff(held: Held, inputs: PropertyMap, ignoreChanges: string[] = []) {
    const checked = await this.check(held.type, held.name, inputs, held.inputs);
    const { urn, type, name, id, inputs: oldInputs, outputs: oldOutputs } = held;
    return this.provider.diff({ urn, type, name, id, oldInputs, oldOutputs, newInputs: checked.inputs, ignoreChanges });
  }

  async update(held: Held, inputs: PropertyMap, preview = false): Promise<Held> {
    const checked = await this.check(held.type, held.name, inputs, held.inputs);
    const { urn, type, name, id, inputs: oldInputs, outputs: oldOutputs } = held;
    const request = { urn, type, name, id, oldInputs, oldOutputs, newInputs: checked.inputs, ignoreChanges: [] };
    const { outputs } = await this.provider.update({ ...request, preview, timeoutSeconds: 0 });
    return { ...held, inputs: checked.inputs, outputs };
  }

  async read({ urn, type, name, id, inputs, outputs }: Held) {
    return this.provider.read({ urn, type, name, id, inputs, outputs });
  }

  async import(type: string, id: string) {
    return this.provider.read({ ...identity(type, "imported"), id, inputs: {}, outputs: {} });
  }

  async delete({ urn, type, name, id, inputs, outputs }: Held): Promise<void> {
    await this.provider.delete({ urn, type, name, id, inputs, outputs, timeoutSeconds: 0 });
  }

  async invoke(token: string, args: PropertyMap = {}): Promise<PropertyMap> {
    const { outputs, failures } = await this.provider.invoke({ token, args });
    if (failures?.length) throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("; "));
    return outputs;
  }
}

function identity(type: string, name: string) {
  return { type, name, urn: `urn:pulumi:dev::project::${type}::${name}` };
}
