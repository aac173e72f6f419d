import { flag, integer, list, object, set, text, asText } from "../../schema/property-schema";
import type { ResourceTypeTable } from "../table";
import type { GithubScope } from "./github-scope";
import { REPOSITORY } from "./github-scope";

const TYPE = "github:index/branchProtection:BranchProtection";

/** What may happen to the branches that a pattern covers. */
export const branchProtection: ResourceTypeTable<GithubScope> = {
  type: TYPE,
  properties: {
    allowsDeletions: flag({ default: false }),
    allowsForcePushes: flag({ default: false }),
    enforceAdmins: flag({ default: false }),
    forcePushBypassers: set(text()),
    lockBranch: flag({ default: false }),
    pattern: text({ required: true, minLength: 1 }),
    repositoryId: text({ required: true, replace: true }),
    requireConversationResolution: flag({ default: false }),
    requireSignedCommits: flag({ default: false }),
    requiredLinearHistory: flag({ default: false }),
    requiredPullRequestReviews: list(
      object({
        dismissStaleReviews: flag(),
        dismissalRestrictions: set(text()),
        pullRequestBypassers: set(text()),
        requireCodeOwnerReviews: flag(),
        requireLastPushApproval: flag(),
        requiredApprovingReviewCount: integer({ min: 0, max: 6 }),
        restrictDismissals: flag(),
      }),
      { maxItems: 1 },
    ),
    requiredStatusChecks: list(object({ contexts: set(text()), strict: flag() }), { maxItems: 1 }),
    restrictPushes: list(object({ blocksCreations: flag(), pushAllowances: set(text()) }), { maxItems: 1 }),
  },
  idOf: ({ hex }) => `BPR_kwDO${hex("branch-protection", 16)}`,
  importId: (text, { scope, world }) => {
    const at = text.indexOf(":");
    const names = [text.slice(0, at), world.get(scope.id, REPOSITORY, text.slice(0, at))?.outputs.nodeId];
    return world
      .find(TYPE, "pattern", text.slice(at + 1))
      .find((found) => found.scope === scope.id && names.includes(found.outputs.repositoryId))?.id;
  },
  refuse: ({ id, inputs, scope, world }) => {
    const idOf = (repository: unknown): string | undefined =>
      [
        ...world.find(REPOSITORY, "id", asText(repository)),
        ...world.find(REPOSITORY, "nodeId", asText(repository)),
      ].find((found) => found.scope === scope.id)?.id;
    const twin = world
      .find(TYPE, "pattern", inputs.pattern)
      .find(
        (other) =>
          other.id !== id && other.scope === scope.id && idOf(other.inputs.repositoryId) === idOf(inputs.repositoryId),
      );
    return twin && `422 Name already protected: ${asText(inputs.pattern)}`;
  },
  references: [
    {
      property: "repositoryId",
      types: [REPOSITORY],
      attributes: ["id", "nodeId"],
      missing: (value, { scope }) => `Could not resolve to a node with the global id of '${value}' in ${scope.id}`,
      onDelete: "cascade",
    },
  ],
};
