import type { PropertyMap } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import { flag, integer, text, asText } from "../../schema/property-schema";
import type { FunctionTable, TableContext } from "../table";
import { BRANCH_DEFAULT } from "./branch";
import { ENVIRONMENT, ownerOf, REPOSITORY, type GithubScope } from "./github-scope";

/** A repository, by its name or its full name. */
export const getRepository: FunctionTable<GithubScope> = {
  token: "github:index/getRepository:getRepository",
  args: { description: text(), fullName: text(), homepageUrl: text(), name: text() },
  answer: (args, context) => {
    if ((args.name === undefined) === (args.fullName === undefined)) {
      throw new CloudError('exactly one of "name" and "fullName" must be given');
    }
    const [owner, name] = asText(args.fullName ?? `${context.scope.owner}/${asText(args.name)}`).split("/");
    const found = context.world.get(`github:${owner}`, REPOSITORY, asText(name));
    if (found === undefined) throw notFound(`the repository ${owner}/${name} does not exist`);
    const chosen = context.world.get(found.scope, BRANCH_DEFAULT, found.id)?.outputs.branch;
    const { autoInit: _, archiveOnDestroy: __, ...outputs } = found.outputs;
    return {
      allowForking: false,
      description: "",
      fork: false,
      hasDiscussions: false,
      hasDownloads: false,
      hasIssues: true,
      hasProjects: true,
      hasWiki: true,
      homepageUrl: "",
      isTemplate: false,
      ...outputs,
      defaultBranch: chosen ?? outputs.defaultBranch ?? "main",
      id: found.id,
      pages: [],
      repositoryLicenses: [],
      templates: [],
    };
  },
};

/** A user; an empty name is whom the token belongs to. */
export const getUser: FunctionTable<GithubScope> = {
  token: "github:index/getUser:getUser",
  args: { username: text({ required: true }) },
  answer: ({ username }, { seed }) => {
    const login = username === "" ? seed.github.viewer : asText(username);
    const user = seed.github.users.find((known) => known.login.toLowerCase() === login.toLowerCase());
    if (user === undefined) throw notFound(`the user "${login}" does not exist`);
    const empty = Object.fromEntries(
      ["bio", "blog", "company", "email", "gravatarId", "location", "suspendedAt"].map((name) => [name, ""]),
    );
    const since = "2020-01-01 00:00:00 +0000 UTC";
    return {
      ...empty,
      ...{ avatarUrl: `https://avatars.githubusercontent.com/u/${user.id}?v=4`, createdAt: since, updatedAt: since },
      ...{ followers: 0, following: 0, publicGists: 0, publicRepos: 0, gpgKeys: [], sshKeys: [], siteAdmin: false },
      ...{ id: asText(user.id), login: user.login, name: user.name ?? user.login, nodeId: nodeId("User", user.id) },
      username: asText(username),
    };
  },
};

/** A team of the owner, by its slug. */
export const getTeam: FunctionTable<GithubScope> = {
  token: "github:index/getTeam:getTeam",
  args: {
    membershipType: text(),
    resultsPerPage: integer({ min: 0, max: 100 }),
    slug: text({ required: true }),
    summaryOnly: flag(),
  },
  answer: ({ slug, summaryOnly = false, membershipType = "all", resultsPerPage = 100 }, context) => {
    const { teams = [], login } = ownerOf(context);
    const team = teams.find((known) => known.slug === slug);
    if (team === undefined) throw notFound(`the team ${login}/${asText(slug)} does not exist`);
    return {
      ...{
        description: "",
        id: asText(team.id),
        name: team.name ?? team.slug,
        nodeId: nodeId("Team", team.id),
        slug: team.slug,
      },
      ...{ notificationSetting: "notifications_enabled", permission: "pull", privacy: "closed" },
      members: summaryOnly === true ? [] : [...(team.members ?? [])],
      ...{ membershipType, repositories: [], repositoriesDetaileds: [], resultsPerPage, summaryOnly },
    };
  },
};

/** The environments of a repository. */
export const getRepositoryEnvironments: FunctionTable<GithubScope> = {
  token: "github:index/getRepositoryEnvironments:getRepositoryEnvironments",
  args: { repository: text({ required: true }) },
  answer: ({ repository }, context) => {
    const name = repositoryNamed(repository, context);
    const environments = context.world
      .find(ENVIRONMENT, "repository", name)
      .filter(({ scope }) => scope === context.scope.id)
      .map(({ id, outputs }): PropertyMap => ({
        name: outputs.environment!,
        nodeId: `EN_${Buffer.from(id).toString("base64url")}`,
      }));
    return { id: name, repository: name, environments };
  },
};

/** The key with which a repository's secrets are encrypted. */
export const getActionsPublicKey: FunctionTable<GithubScope> = {
  token: "github:index/getActionsPublicKey:getActionsPublicKey",
  args: { repository: text({ required: true }) },
  answer: ({ repository }, context) => {
    const name = repositoryNamed(repository, context);
    const keyId = asText(Number.parseInt(context.hex(`key id of ${name}`, 12), 16));
    const key = Buffer.from(context.hex(`public key of ${name}`, 64), "hex").toString("base64");
    return { id: keyId, key, keyId, repository: name };
  },
};

function repositoryNamed(name: unknown, { scope, world }: TableContext<GithubScope>): string {
  if (!world.get(scope.id, REPOSITORY, asText(name)))
    throw notFound(`the repository ${scope.owner}/${asText(name)} does not exist`);
  return asText(name);
}

function nodeId(kind: string, id: number): string {
  return Buffer.from(`0${kind.length}:${kind}${id}`).toString("base64");
}

function notFound(what: string): CloudError {
  return new CloudError(
    `404 Not Found: ${what} in the simulated GitHub; add it to the seed of the cloud, or create it`,
  );
}
