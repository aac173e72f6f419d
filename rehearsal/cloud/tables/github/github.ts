import { flag, integer, list, object, text } from "../../schema/property-schema";
import type { VendorTable } from "../table";
import {
  actionsEnvironmentSecret,
  actionsEnvironmentVariable,
  actionsSecret,
  actionsVariable,
  oidcSubjectTemplate,
} from "./actions";
import { branch, branchDefault } from "./branch";
import { branchProtection } from "./branch-protection";
import { deploymentPolicy, repositoryEnvironment } from "./environment";
import { getActionsPublicKey, getRepository, getRepositoryEnvironments, getTeam, getUser } from "./github-functions";
import { githubScopeOf, type GithubScope } from "./github-scope";
import { repository, seededRepositories } from "./repository";
import { repositoryRuleset } from "./repository-ruleset";

/** GitHub. */
export const github: VendorTable<GithubScope> = {
  name: "github",
  version: "6.15.0",
  fileFor: () => "a file of rehearsal/cloud/tables/github/, and list it in github.ts",
  config: {
    appAuth: object({
      id: text({ required: true }),
      installationId: text({ required: true }),
      pemFile: text({ required: true, secret: true }),
    }),
    baseUrl: text(),
    cachePath: text(),
    insecure: flag(),
    legacyClient: flag(),
    maxPerPage: integer({ min: 1, max: 100 }),
    maxRetries: integer({ min: 0 }),
    organization: text(),
    owner: text(),
    parallelRequests: flag(),
    readDelayMs: integer({ min: 0 }),
    retryDelayMs: integer({ min: 0 }),
    retryableErrors: list(integer()),
    token: text({ secret: true }),
    writeDelayMs: integer({ min: 0 }),
  },
  scopeOf: githubScopeOf,
  resources: [
    ...[
      repository,
      branch,
      branchDefault,
      branchProtection,
      repositoryRuleset,
      repositoryEnvironment,
      deploymentPolicy,
    ],
    ...[actionsVariable, actionsEnvironmentVariable, actionsSecret, actionsEnvironmentSecret, oidcSubjectTemplate],
  ],
  functions: [getRepository, getUser, getTeam, getRepositoryEnvironments, getActionsPublicKey],
  seeded: seededRepositories,
};
