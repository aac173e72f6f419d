import type { PropertyMap } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import { textOf, asText } from "../../schema/property-schema";
import type { CloudSeed, GithubOwnerSeed } from "../../seed";
import type { Reference, ResourceContext, TableContext, VendorScope } from "../table";

/** The organization or user that the provider works for. */
export interface GithubScope extends VendorScope {
  readonly owner: string;
}

/** What a table function of GitHub gets. */
export type GithubContext = ResourceContext<GithubScope>;

/** Type token of a repository. */
export const REPOSITORY = "github:index/repository:Repository";
/** Type token of an environment. */
export const ENVIRONMENT = "github:index/repositoryEnvironment:RepositoryEnvironment";

/** The owner that the configuration names; where it names none, whom the token belongs to. */
export function githubScopeOf(config: PropertyMap, seed: CloudSeed): GithubScope {
  const owner = textOf(config, "owner") ?? textOf(config, "organization") ?? seed.github.viewer;
  const known = seed.github.owners.map(({ login }) => login);
  const found = known.find((login) => login.toLowerCase() === owner.toLowerCase());
  if (found === undefined) {
    const has = known.length > 0 ? known.join(", ") : "none";
    throw new CloudError(
      `404 Not Found: the simulated GitHub has no owner "${owner}", but ${has}; add it to the seed of the cloud`,
    );
  }
  return { id: `github:${found}`, owner: found };
}

/** What the seed says of an owner. */
export function ownerOf({ scope, seed }: TableContext<GithubScope>): GithubOwnerSeed {
  return seed.github.owners.find(({ login }) => login === scope.owner)!;
}

/** GitHub's number of the repository that a resource is in. */
export function repositoryIdOf({ inputs, scope, world }: GithubContext): number {
  return Number(world.get(scope.id, REPOSITORY, asText(inputs.repository))?.outputs.repoId ?? 0);
}

/** A resource in a repository goes with the repository. */
export const inRepository: Reference = {
  property: "repository",
  types: [REPOSITORY],
  attributes: ["id"],
  missing: (name, { scope }) => `404 Not Found: the repository ${ownerIn(scope)}/${name} does not exist`,
  onDelete: "cascade",
};

/** A resource in an environment goes with the environment. */
export const inEnvironment: Reference = {
  property: "repository:environment",
  types: [ENVIRONMENT],
  attributes: ["id"],
  missing: (name, { scope }) => {
    const [repository = "", ...environment] = name.split(":");
    return `404 Not Found: the repository ${ownerIn(scope)}/${repository} has no environment "${environment.join(":")}"`;
  },
  onDelete: "cascade",
};

/** The time in the form of GitHub's Go client. */
export function githubTime(now: string): string {
  return `${now.slice(0, 10)} ${now.slice(11, 19)} +0000 UTC`;
}

function ownerIn({ id }: VendorScope): string {
  return id.slice(id.indexOf(":") + 1);
}
