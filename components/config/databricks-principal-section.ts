import { z } from "zod";
import { at, existingOrCreate, flag, integer, list, secretText, section, text } from "./schema-kit";

const logins = ["azure", "federation", "secret"] as const;
const securables = ["catalog", "schema", "volume", "table", "externalLocation"] as const;
const gitProviders = [
  ...["gitHub", "gitHubEnterprise", "gitLab", "gitLabEnterpriseEdition", "bitbucketCloud", "bitbucketServer"],
  ...["azureDevOpsServices", "azureDevOpsServicesAad", "awsCodeCommit"],
] as const;
const withoutToken = "azureDevOpsServicesAad";

const grant = section(
  {
    securable: z.enum(securables, { error: `one of ${securables.join(", ")}` }).describe("Kind of securable."),
    name: text(/^[^\s.]+(?:\.[^\s.]+){0,2}$/, "a name such as main.default", "Full name of the securable."),
    privileges: list(
      text(/^[A-Z]+(?:_[A-Z]+)*$/, "a privilege such as USE_CATALOG", "Name of a privilege."),
      1,
      30,
      "What the principal may do with it.",
    ),
  },
  "What the principal may do with one securable of Unity Catalog.",
);

const gitCredential = section(
  {
    provider: z
      .enum(gitProviders, { error: `one of ${gitProviders.join(", ")}` })
      .describe("Git provider, by the name that Databricks has for it."),
    username: text(/^\S+$/, "a user name", "User whom the token belongs to.").optional(),
    email: text(/^\S+@\S+$/, "an e-mail address", "E-mail address of commits.").optional(),
    personalAccessToken: secretText(
      /^\S+$/,
      "a token without blanks",
      "Token that can check out the repository; a secret.",
    ).optional(),
  },
  "With what the principal checks out the repository. Absent: nothing.",
).refine((value) => (at(value, ["provider"]) === withoutToken) !== (at(value, ["personalAccessToken"]) !== undefined), {
  path: ["personalAccessToken"],
  error: `a token, unless the provider is ${withoutToken}, which has none`,
  when: ({ value }) => typeof at(value, ["provider"]) === "string",
});

/** The part of the config that describes the service principal of CI in Databricks. */
export const databricksPrincipalSection = section(
  {
    login: z
      .enum(logins, { error: `one of ${logins.join(", ")}` })
      .describe(
        "How CI logs in as it. azure: as its identity of azure.identity. federation: with tokens of GitHub, which " +
          "Databricks trusts. secret: with a secret of Databricks.",
      )
      .default("azure"),
    secretLifetimeDays: integer(1, 730, "Days that a secret is valid; a change replaces both secrets.").default(730),
    workspaceAdmin: flag("Make it an administrator of the workspace.").default(false),
    allowClusterCreate: flag("Let it create clusters without a policy.").default(true),
    group: existingOrCreate(
      section({ displayName: text(/\S/, "the name of a group", "Name of the group.") }, "A group of the account."),
      section({}, "Make a group for it."),
      "Group of the account that it is a member of. Absent: none.",
    ).optional(),
    directory: text(
      /^\/[^/]+(?:\/[^/]+)*$/,
      "an absolute path, such as /platform-dev",
      "Directory of the project, which it manages. Absent: /{repository}-{environment}.",
    ).optional(),
    grants: list(grant, 0, 100, "What it may do in Unity Catalog.").default([]),
    gitCredential: gitCredential.optional(),
  },
  "The service principal of CI in Databricks.",
);
