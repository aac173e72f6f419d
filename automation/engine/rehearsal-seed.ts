import type { CloudSeed, GithubOwnerSeed } from "../../rehearsal/cloud/seed";
import { DEFAULT_SEED } from "../../rehearsal/cloud/seed";
import { azureSubscriptions } from "./azure-seed";
import { at, elements, type Config } from "./config-value";
import { databricksAccounts } from "./databricks-seed";
import type { StackSettings } from "./stack-settings";

/** The settings of environments by name; several projects of a workspace may have the same. */
export type SettingsByEnvironment = Iterable<readonly [environment: string, settings: StackSettings]>;

/**
 * What has to exist before the program runs, from what the environments' configuration refers to: accounts,
 * subscriptions, principals, workspaces, identity providers that are adopted, the repository with its numbers and branches, reviewers. A value that is missing or has
 * another form adds nothing: the program itself says what is wrong with it.
 */
export function rehearsalSeed(settings: SettingsByEnvironment): CloudSeed {
  const configs = [...settings].map(([environment, { config = {} }]) => ({ environment, config }));
  return {
    ...DEFAULT_SEED,
    aws: { ...DEFAULT_SEED.aws, accounts: configs.flatMap(awsAccount).filter(firstById) },
    azure: {
      ...DEFAULT_SEED.azure,
      subscriptions: azureSubscriptions(configs.map(({ config }) => config)),
      principals: [...DEFAULT_SEED.azure.principals, ...configs.flatMap(azurePrincipals)].filter(firstById),
    },
    databricks: { accounts: databricksAccounts(configs.map(({ config }) => config)) },
    github: {
      ...DEFAULT_SEED.github,
      owners: githubOwners(configs.map(({ config }) => config)),
      users: [
        ...DEFAULT_SEED.github.users,
        ...configs
          .flatMap(({ config }) => numbers(at(config, "trunkline:github", "reviewers", "users")))
          .map((id) => ({ login: `user-${id}`, id }))
          .filter(firstById),
      ],
    },
  };
}

function awsAccount({ environment, config }: { environment: string; config: Config }): CloudSeed["aws"]["accounts"] {
  const id = at(config, "trunkline:aws", "accountId");
  if (typeof id !== "string") return [];
  const adopted = at(config, "trunkline:aws", "identity", "oidcProvider", "existing", "arn");
  const host = typeof adopted === "string" ? adopted.split(":oidc-provider/")[1] : undefined;
  const openIdConnectProviders = host ? [{ url: `https://${host}`, clientIds: ["sts.amazonaws.com"] }] : [];
  return [{ id, alias: environment, profiles: [environment], openIdConnectProviders }];
}

/** The groups that run projects of MLflow, and who deploys its platform. */
function azurePrincipals({ config }: { config: Config }): CloudSeed["azure"]["principals"] {
  const { runnerGroupObjectIds: groups, deployerObjectId: deployer } = (at(config, "trunkline:azure", "mlflow") ??
    {}) as Config;
  const ids = (values: readonly unknown[]) => values.filter((id): id is string => typeof id === "string");
  return [
    ...ids(elements(groups)).map((id) => ({ id, type: "Group" as const })),
    ...ids([deployer]).map((id) => ({ id, type: "ServicePrincipal" as const })),
  ];
}

function githubOwners(configs: readonly Config[]): readonly GithubOwnerSeed[] {
  const owners = new Map<string, GithubOwnerSeed>();
  for (const config of configs) {
    const { fullName, ownerId, id } = (at(config, "trunkline:repository") ?? {}) as Config;
    const [login, name] = typeof fullName === "string" ? fullName.split("/") : [];
    if (!login || !name || typeof ownerId !== "number" || typeof id !== "number" || owners.has(login)) continue;
    const same = configs.filter((other) => at(other, "trunkline:repository", "fullName") === fullName);
    const teams = same.flatMap((other) => numbers(at(other, "trunkline:github", "reviewers", "teams")));
    owners.set(login, {
      login,
      id: ownerId,
      kind: "Organization",
      repositories: [{ name, id, nodeId: nodeIdOf(id), defaultBranch: "main", branches: branchesOf(same) }],
      teams: [...new Set(teams)].map((team) => ({ slug: `team-${team}`, id: team })),
    });
  }
  return [...owners.values()];
}

/** The branches besides main that the configuration names without a wildcard. */
function branchesOf(configs: readonly Config[]): string[] {
  const named = configs.flatMap((config) => {
    const deploying = at(config, "trunkline:github", "deploymentBranches");
    const protectedBranches = at(config, "trunkline:github", "branchProtection");
    return [...(Array.isArray(deploying) ? (deploying as unknown[]) : []), ...Object.keys(protectedBranches ?? {})];
  });
  const branches = named.filter((branch): branch is string => typeof branch === "string" && !/[*?[]/.test(branch));
  return [...new Set(branches)].filter((branch) => branch !== "main").sort();
}

/** GitHub's global id of a repository: a type mark and the number in four bytes. */
function nodeIdOf(id: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(id >>> 0);
  return `R_kgDO${bytes.toString("base64url")}`;
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "number") : [];
}

function firstById<T extends { readonly id: unknown }>(item: T, index: number, all: readonly T[]): boolean {
  return all.findIndex(({ id }) => id === item.id) === index;
}
