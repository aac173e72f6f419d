/** An AWS account that the simulated world has. */
export interface AwsAccountSeed {
  /** Twelve digits. */
  readonly id: string;
  readonly alias: string;
  /** Names of profiles in a caller's configuration that lead to this account. */
  readonly profiles?: readonly string[];
  /** OIDC providers that exist before any program runs. */
  readonly openIdConnectProviders?: readonly { readonly url: string; readonly clientIds: readonly string[] }[];
}

/** A person on the simulated GitHub. */
export interface GithubUserSeed {
  readonly login: string;
  readonly id: number;
  readonly name?: string;
}

/** A team of an owner. */
export interface GithubTeamSeed {
  readonly slug: string;
  readonly id: number;
  readonly name?: string;
  readonly members?: readonly string[];
}

/** A repository that exists before any program runs. */
export interface GithubRepositorySeed {
  readonly name: string;
  readonly id: number;
  readonly nodeId: string;
  /** @default "main" */
  readonly defaultBranch?: string;
  /** Further branches. */
  readonly branches?: readonly string[];
  /** @default "private" */
  readonly visibility?: "public" | "private" | "internal";
}

/** An organization or user account that owns repositories. */
export interface GithubOwnerSeed {
  readonly login: string;
  readonly id: number;
  readonly kind: "Organization" | "User";
  /** Which protections private repositories may have. @default "enterprise" */
  readonly plan?: "free" | "team" | "enterprise";
  readonly repositories: readonly GithubRepositorySeed[];
  readonly teams?: readonly GithubTeamSeed[];
}

/** An Azure subscription that the simulated world has. */
export interface AzureSubscriptionSeed {
  readonly id: string;
  /** Tenant (directory) that it belongs to. */
  readonly tenantId: string;
  /** Models that are registered in every workspace of Azure Machine Learning of the subscription, oldest version first. @default none */
  readonly models?: readonly { readonly name: string; readonly versions: readonly string[] }[];
  /** Cores for online endpoints, of each size of machines in each region. @default 100 */
  readonly endpointCores?: number;
}

/** A Databricks workspace that exists before any program runs. */
export interface DatabricksWorkspaceSeed {
  /** Number, as digits. */
  readonly id: string;
  /** Address, such as `https://adb-1111111111111111.1.azuredatabricks.net`. */
  readonly host: string;
  /** Catalogs and schemas of Unity Catalog that exist in it, such as `main` and `main.default`. @default none */
  readonly securables?: readonly string[];
}

/** A Databricks account that the simulated world has. */
export interface DatabricksAccountSeed {
  readonly id: string;
  readonly workspaces: readonly DatabricksWorkspaceSeed[];
  /** Display names of groups that exist in the account. @default none */
  readonly groups?: readonly string[];
  /** Models that are registered in Unity Catalog, `catalog.schema.model`, oldest version first. @default none */
  readonly models?: readonly { readonly name: string; readonly versions: readonly string[] }[];
}

/** What exists in the simulated world before any program runs. */
export interface CloudSeed {
  readonly aws: {
    readonly partition: "aws" | "aws-cn" | "aws-us-gov";
    /** Where no configuration says otherwise. */
    readonly region: string;
    readonly accounts: readonly AwsAccountSeed[];
  };
  /** Clusters that exist before any program runs. @default none */
  readonly kubernetes?: {
    /** Each by the address of its API server. */
    readonly clusters: readonly { readonly server: string }[];
  };
  readonly github: {
    readonly owners: readonly GithubOwnerSeed[];
    readonly users: readonly GithubUserSeed[];
    /** Login of whom the token belongs to. */
    readonly viewer: string;
  };
  readonly azure: {
    /** Where no configuration names a subscription, the first one is meant. */
    readonly subscriptions: readonly AzureSubscriptionSeed[];
    /** Where no configuration says otherwise. */
    readonly location: string;
    /** Principals that exist before any program runs: object ids of users, groups and service principals. */
    readonly principals: readonly { readonly id: string; readonly type: "User" | "Group" | "ServicePrincipal" }[];
  };
  /** @default no account */
  readonly databricks?: {
    readonly accounts: readonly DatabricksAccountSeed[];
  };
}

/**
 * The world where nothing else is said: three AWS accounts (dev, tst, prd), one Azure subscription and one GitHub user.
 * It has no GitHub owner: a caller says which organization and repositories exist.
 */
export const DEFAULT_SEED: CloudSeed = {
  aws: {
    partition: "aws",
    region: "us-east-1",
    accounts: [
      { id: "111111111111", alias: "dev", profiles: ["dev"] },
      { id: "222222222222", alias: "tst", profiles: ["tst"] },
      { id: "333333333333", alias: "prd", profiles: ["prd"] },
    ],
  },
  github: { owners: [], users: [{ login: "engineer", id: 1000001, name: "Platform Engineer" }], viewer: "engineer" },
  azure: {
    subscriptions: [{ id: "22222222-2222-4222-8222-222222222222", tenantId: "11111111-1111-4111-8111-111111111111" }],
    location: "westeurope",
    principals: [],
  },
};
