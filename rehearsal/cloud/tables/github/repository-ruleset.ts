import { flag, integer, list, object, oneOf, set, text, asText } from "../../schema/property-schema";
import { once, type ResourceTypeTable } from "../table";
import { inRepository, type GithubScope } from "./github-scope";

const namePattern = object({
  name: text(),
  negate: flag(),
  operator: oneOf(["starts_with", "ends_with", "contains", "regex"], { required: true }),
  pattern: text({ required: true }),
});

const ALERT_THRESHOLDS = ["none", "errors", "errors_and_warnings", "all"];
const SECURITY_THRESHOLDS = ["none", "critical", "high_or_higher", "medium_or_higher", "all"];

/**
 * Rules for branches, tags or pushes.
 * @see https://docs.github.com/en/rest/repos/rules
 */
export const repositoryRuleset: ResourceTypeTable<GithubScope> = {
  type: "github:index/repositoryRuleset:RepositoryRuleset",
  properties: {
    bypassActors: list(
      object({
        actorId: integer(),
        actorType: oneOf(
          ["Integration", "OrganizationAdmin", "RepositoryRole", "Team", "DeployKey", "EnterpriseOwner"],
          {
            required: true,
          },
        ),
        bypassMode: oneOf(["always", "pull_request", "exempt"], { required: true }),
      }),
    ),
    conditions: object({
      refName: object(
        { excludes: list(text(), { required: true }), includes: list(text(), { required: true }) },
        { required: true },
      ),
    }),
    enforcement: oneOf(["disabled", "active", "evaluate"], { required: true }),
    name: text({ minLength: 1, maxLength: 100 }),
    repository: text({ required: true, replace: true }),
    rules: object(
      {
        branchNamePattern: namePattern,
        commitAuthorEmailPattern: namePattern,
        commitMessagePattern: namePattern,
        committerEmailPattern: namePattern,
        copilotCodeReview: object({ reviewDraftPullRequests: flag(), reviewOnPush: flag() }),
        creation: flag(),
        deletion: flag(),
        fileExtensionRestriction: object({ restrictedFileExtensions: set(text(), { required: true }) }),
        filePathRestriction: object({ restrictedFilePaths: list(text(), { required: true }) }),
        maxFilePathLength: object({ maxFilePathLength: integer({ required: true, min: 1, max: 32_767 }) }),
        maxFileSize: object({ maxFileSize: integer({ required: true, min: 1, max: 100 }) }),
        mergeQueue: object({
          checkResponseTimeoutMinutes: integer({ min: 0, max: 360 }),
          groupingStrategy: oneOf(["ALLGREEN", "HEADGREEN"]),
          maxEntriesToBuild: integer({ min: 0, max: 100 }),
          maxEntriesToMerge: integer({ min: 0, max: 100 }),
          mergeMethod: oneOf(["MERGE", "SQUASH", "REBASE"]),
          minEntriesToMerge: integer({ min: 0, max: 100 }),
          minEntriesToMergeWaitMinutes: integer({ min: 0, max: 360 }),
        }),
        nonFastForward: flag(),
        pullRequest: object({
          allowedMergeMethods: list(oneOf(["merge", "squash", "rebase"])),
          dismissStaleReviewsOnPush: flag(),
          requireCodeOwnerReview: flag(),
          requireLastPushApproval: flag(),
          requiredApprovingReviewCount: integer({ min: 0, max: 10 }),
          requiredReviewThreadResolution: flag(),
          requiredReviewers: list(
            object({
              filePatterns: list(text(), { required: true }),
              minimumApprovals: integer({ required: true, min: 0 }),
              reviewer: object(
                { id: integer({ required: true }), type: oneOf(["Team"], { required: true }) },
                { required: true },
              ),
            }),
          ),
        }),
        requiredCodeScanning: object({
          requiredCodeScanningTools: list(
            object({
              alertsThreshold: oneOf(ALERT_THRESHOLDS, { required: true }),
              securityAlertsThreshold: oneOf(SECURITY_THRESHOLDS, { required: true }),
              tool: text({ required: true }),
            }),
            { required: true },
          ),
        }),
        requiredDeployments: object({ requiredDeploymentEnvironments: list(text(), { required: true }) }),
        requiredLinearHistory: flag(),
        requiredSignatures: flag(),
        requiredStatusChecks: object({
          doNotEnforceOnCreate: flag(),
          requiredChecks: set(object({ context: text({ required: true }), integrationId: integer() }), {
            required: true,
            minItems: 1,
          }),
          strictRequiredStatusChecksPolicy: flag(),
        }),
        tagNamePattern: namePattern,
        update: flag(),
        updateAllowsFetchAndMerge: flag(),
      },
      { required: true },
    ),
    target: oneOf(["branch", "tag", "push"], { required: true }),
  },
  computed: {
    nodeId: once(({ hex }) => `RRS_lACqUmVwb3NpdG9yec4${hex("ruleset-node", 12)}`),
    rulesetId: once(({ id }) => Number(id)),
  },
  idOf: ({ hex }) => asText(Number.parseInt(hex("ruleset", 6), 16)),
  importId: (text) => text.slice(text.indexOf(":") + 1),
  autoName: { property: "name", maxLength: 100 },
  rules: ({ target, conditions }) =>
    (target === "push") === (conditions === undefined)
      ? []
      : [
          {
            property: "conditions",
            reason: `conditions.refName is for the targets "branch" and "tag", got the target "${asText(target)}"`,
          },
        ],
  references: [inRepository],
};
