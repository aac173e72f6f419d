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

/** What exists in the simulated world before any program runs. */
export interface CloudSeed {
  readonly aws: {
    readonly partition: "aws" | "aws-cn" | "aws-us-gov";
    /** Where no configuration says otherwise. */
    readonly region: string;
    readonly accounts: readonly AwsAccountSeed[];
  };
  readonly github: {
    readonly owners: readonly GithubOwnerSeed[];
    readonly users: readonly GithubUserSeed[];
    /** Login of whom the token belongs to. */
    readonly viewer: string;
  };
  readonly azure: {
    readonly tenantId: string;
    readonly subscriptionId: string;
    readonly location: string;
    /** Principals that exist before any program runs: object ids of users, groups and service principals. */
    readonly principals: readonly { readonly id: string; readonly type: "User" | "Group" | "ServicePrincipal" }[];
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
    tenantId: "11111111-1111-4111-8111-111111111111",
    subscriptionId: "22222222-2222-4222-8222-222222222222",
    location: "westeurope",
    principals: [],
  },
};
