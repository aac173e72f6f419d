import type { PropertyMap } from "../../../engine/values/property-value";
import type { CloudResource } from "../../cloud-resource";
import { any, flag, object, oneOf, set, text, asText } from "../../schema/property-schema";
import type { CloudSeed } from "../../seed";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { BRANCH } from "./branch";
import { REPOSITORY, type GithubContext, type GithubScope } from "./github-scope";

const status = object({ status: oneOf(["enabled", "disabled"], { required: true }) });

/** A repository. */
export const repository: ResourceTypeTable<GithubScope> = {
  type: REPOSITORY,
  properties: {
    allowAutoMerge: flag({ default: false }),
    allowForking: flag(),
    allowMergeCommit: flag({ default: true }),
    allowRebaseMerge: flag({ default: true }),
    allowSquashMerge: flag({ default: true }),
    allowUpdateBranch: flag({ default: false }),
    archiveOnDestroy: flag(),
    archived: flag({ default: false }),
    autoInit: flag(),
    defaultBranch: text(),
    deleteBranchOnMerge: flag({ default: false }),
    description: text(),
    etag: text(),
    fork: text({ replace: true }),
    gitignoreTemplate: text(),
    hasDiscussions: flag(),
    hasDownloads: flag(),
    hasIssues: flag(),
    hasProjects: flag(),
    hasWiki: flag(),
    homepageUrl: text(),
    ignoreVulnerabilityAlertsDuringRead: flag(),
    isTemplate: flag(),
    licenseTemplate: text(),
    mergeCommitMessage: oneOf(["PR_BODY", "PR_TITLE", "BLANK"], { default: "PR_TITLE" }),
    mergeCommitTitle: oneOf(["PR_TITLE", "MERGE_MESSAGE"], { default: "MERGE_MESSAGE" }),
    name: text({
      maxLength: 100,
      pattern: /^[A-Za-z0-9._-]+$/,
      meaning: "letters, digits, dots, hyphens and underscores",
    }),
    pages: any(),
    private: flag(),
    securityAndAnalysis: object({
      advancedSecurity: status,
      codeSecurity: status,
      secretScanning: status,
      secretScanningAiDetection: status,
      secretScanningNonProviderPatterns: status,
      secretScanningPushProtection: status,
    }),
    sourceOwner: text({ replace: true }),
    sourceRepo: text({ replace: true }),
    squashMergeCommitMessage: oneOf(["PR_BODY", "COMMIT_MESSAGES", "BLANK"], { default: "COMMIT_MESSAGES" }),
    squashMergeCommitTitle: oneOf(["PR_TITLE", "COMMIT_OR_PR_TITLE"], { default: "COMMIT_OR_PR_TITLE" }),
    template: object({
      includeAllBranches: flag(),
      owner: text({ required: true }),
      repository: text({ required: true }),
    }),
    topics: set(text({ pattern: /^[a-z0-9][a-z0-9-]{0,49}$/, meaning: "lower case letters, digits and hyphens" })),
    visibility: oneOf(["public", "private", "internal"]),
    vulnerabilityAlerts: flag(),
    webCommitSignoffRequired: flag({ default: false }),
  },
  computed: {
    defaultBranch: live(({ inputs, prior }) => inputs.defaultBranch ?? prior?.defaultBranch ?? "main"),
    repoId: once(({ hex }) => Number.parseInt(hex("repository", 7), 16)),
    nodeId: once(({ hex }) => `R_kgDO${hex("repository-node", 10)}`),
    visibility: planned(({ inputs }) => visibilityOf(inputs)),
    private: planned(({ inputs }) => visibilityOf(inputs) !== "public"),
    fullName: live((context) => address(context)),
    htmlUrl: live((context) => `https://github.com/${address(context)}`),
    httpCloneUrl: live((context) => `https://github.com/${address(context)}.git`),
    gitCloneUrl: live((context) => `git://github.com/${address(context)}.git`),
    sshCloneUrl: live((context) => `git@github.com:${address(context)}.git`),
    svnUrl: live((context) => `https://github.com/${address(context)}`),
    primaryLanguage: live(() => ""),
    topics: live(({ inputs }) => inputs.topics ?? []),
  },
  idOf: ({ inputs }) => asText(inputs.name),
  autoName: { property: "name", maxLength: 100 },
  // The id of a repository is its name: the simulated cloud cannot keep the one while the other changes.
  replaceOn: ({ name: old }, { name }) => (old === name ? [] : ["name"]),
  deleteBeforeReplace: false,
  rules: ({ private: hidden, visibility }) =>
    hidden !== undefined && visibility !== undefined
      ? [{ property: "private", reason: "is deprecated and conflicts with visibility; give visibility" }]
      : [],
  taken: (_, owner) =>
    `422 Repository creation failed. [{Resource:Repository Field:name Code:custom Message:name already exists on this account}]: "${owner.id}"`,
};

/** The repositories and branches that the seed says exist. */
export function seededRepositories(seed: CloudSeed): Omit<CloudResource, "createdAt" | "urn">[] {
  return seed.github.owners.flatMap((owner) =>
    owner.repositories.flatMap(
      ({ name, id, nodeId, defaultBranch = "main", branches = [], visibility = "private" }) => {
        const scope = `github:${owner.login}`;
        const full = `${owner.login}/${name}`;
        const inputs: PropertyMap = { name, visibility };
        const outputs: PropertyMap = {
          ...Object.fromEntries(
            Object.entries(repository.properties).flatMap(([key, { default: value }]) =>
              value === undefined ? [] : [[key, value]],
            ),
          ),
          ...{
            ...inputs,
            defaultBranch,
            repoId: id,
            nodeId,
            private: visibility !== "public",
            fullName: full,
            topics: [],
          },
          ...{
            htmlUrl: `https://github.com/${full}`,
            httpCloneUrl: `https://github.com/${full}.git`,
            primaryLanguage: "",
          },
          ...{
            gitCloneUrl: `git://github.com/${full}.git`,
            sshCloneUrl: `git@github.com:${full}.git`,
            svnUrl: `https://github.com/${full}`,
          },
        };
        const branchOf = (branch: string) => {
          const values = { repository: name, branch };
          const made = { ...values, ref: `refs/heads/${branch}`, sha: "0".repeat(40) };
          return { scope, type: BRANCH, id: `${name}:${branch}`, inputs: values, outputs: made };
        };
        return [
          { scope, type: REPOSITORY, id: name, inputs, outputs },
          ...[...new Set([defaultBranch, ...branches])].map(branchOf),
        ];
      },
    ),
  );
}

function address({ inputs, scope }: GithubContext): string {
  return `${scope.owner}/${asText(inputs.name)}`;
}

function visibilityOf({ visibility, private: hidden }: PropertyMap): string {
  return typeof visibility === "string" ? visibility : hidden === true ? "private" : "public";
}
