import type { PropertyMap, PropertyValue } from "../../../engine/values/property-value";
import { isMap } from "../../../engine/values/property-value";
import { containsUnknowns } from "../../../engine/values/unknown-value";
import { flag, integer, list, object, set, text, asText } from "../../schema/property-schema";
import { once, type ResourceTypeTable } from "../table";
import { ENVIRONMENT, inEnvironment, inRepository, ownerOf, REPOSITORY, repositoryIdOf } from "./github-scope";
import type { GithubContext, GithubScope } from "./github-scope";

/**
 * A deployment environment.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
 */
export const repositoryEnvironment: ResourceTypeTable<GithubScope> = {
  type: ENVIRONMENT,
  properties: {
    canAdminsBypass: flag({ default: true }),
    deploymentBranchPolicy: object({
      customBranchPolicies: flag({ required: true }),
      protectedBranches: flag({ required: true }),
    }),
    environment: text({ required: true, replace: true, minLength: 1, maxLength: 255 }),
    preventSelfReview: flag({ default: false }),
    repository: text({ required: true, replace: true }),
    reviewers: list(object({ teams: set(integer(), { maxItems: 6 }), users: set(integer(), { maxItems: 6 }) }), {
      maxItems: 6,
    }),
    waitTimer: integer({ min: 0, max: 43_200 }),
  },
  computed: { repositoryId: once(repositoryIdOf) },
  idOf: ({ inputs }) => `${asText(inputs.repository)}:${asText(inputs.environment)}`,
  existing: "overwrite",
  rules: ({ deploymentBranchPolicy: policy, reviewers }) => {
    const alike =
      isMap(policy) && !containsUnknowns(policy) && policy.customBranchPolicies === policy.protectedBranches;
    const count = reviewerIds(reviewers, "users").length + reviewerIds(reviewers, "teams").length;
    return [
      ...(alike
        ? [
            {
              property: "deploymentBranchPolicy",
              reason:
                "customBranchPolicies and protectedBranches cannot have the same value; leave the policy out to allow every branch",
            },
          ]
        : []),
      ...(count > 6
        ? [{ property: "reviewers", reason: `must be at most 6 users and teams together, got ${count}` }]
        : []),
    ];
  },
  refuse: (context) => missingReviewer(context) ?? unpaidProtection(context),
  references: [inRepository],
};

/** A pattern of the branches or tags that may deploy to an environment. */
export const deploymentPolicy: ResourceTypeTable<GithubScope> = {
  type: "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy",
  properties: {
    branchPattern: text({ minLength: 1 }),
    environment: text({ required: true, replace: true }),
    repository: text({ required: true, replace: true }),
    tagPattern: text({ minLength: 1 }),
  },
  computed: {
    policyId: once(({ id }) => Number(id.slice(id.lastIndexOf(":") + 1))),
    repositoryId: once(repositoryIdOf),
  },
  idOf: ({ inputs, hex }) =>
    `${asText(inputs.repository)}:${asText(inputs.environment)}:${Number.parseInt(hex("policy", 7), 16)}`,
  rules: ({ branchPattern, tagPattern }) =>
    (branchPattern === undefined) === (tagPattern === undefined)
      ? [{ property: "branchPattern", reason: "exactly one of branchPattern and tagPattern must be given" }]
      : [],
  replaceOn: (olds, news) =>
    (olds.tagPattern === undefined) === (news.tagPattern === undefined) ? [] : ["branchPattern", "tagPattern"],
  refuse: ({ id, inputs, scope, world }) => {
    const environment = `${asText(inputs.repository)}:${asText(inputs.environment)}`;
    const policy = world.get(scope.id, ENVIRONMENT, environment)?.inputs.deploymentBranchPolicy;
    if (!isMap(policy) || policy.customBranchPolicies !== true) {
      return `404 Not Found: the environment ${environment} has no custom deployment branch policies; set deploymentBranchPolicy.customBranchPolicies`;
    }
    const twin = world
      .find(deploymentPolicy.type, "repository:environment", environment)
      .find(
        (other) =>
          other.id !== id &&
          other.scope === scope.id &&
          other.inputs.branchPattern === inputs.branchPattern &&
          other.inputs.tagPattern === inputs.tagPattern,
      );
    return twin && `303 Already Exists: the environment ${environment} has this pattern already: ${twin.id}`;
  },
  references: [inEnvironment],
};

function missingReviewer({ inputs, seed, ...context }: GithubContext): string | undefined {
  const { teams = [], login } = ownerOf({ seed, ...context });
  const user = reviewerIds(inputs.reviewers, "users").find((id) => !seed.github.users.some((known) => known.id === id));
  if (user !== undefined)
    return `422 Validation Failed: reviewers.users has ${asText(user)}, which is no user of the simulated GitHub`;
  const team = reviewerIds(inputs.reviewers, "teams").find((id) => !teams.some((known) => known.id === id));
  return team === undefined
    ? undefined
    : `422 Validation Failed: reviewers.teams has ${asText(team)}, which is no team of ${login}`;
}

function unpaidProtection({ inputs, ...context }: GithubContext): string | undefined {
  const { plan = "enterprise" } = ownerOf(context);
  const repository = context.world.get(context.scope.id, REPOSITORY, asText(inputs.repository));
  if (plan === "enterprise" || repository?.outputs.visibility === "public") return undefined;
  const rule =
    inputs.reviewers !== undefined
      ? "required reviewers"
      : Number(inputs.waitTimer ?? 0) > 0
        ? "wait timer"
        : undefined;
  return (
    rule &&
    `422 Failed to create the environment protection rule. Please ensure the billing plan supports the ${rule} protection rule: ` +
      `the plan of ${context.scope.owner} is "${plan}" and the repository is not public`
  );
}

function reviewerIds(reviewers: PropertyValue | undefined, kind: "users" | "teams"): PropertyValue[] {
  const blocks = Array.isArray(reviewers) ? reviewers.filter(isMap) : [];
  return blocks.flatMap((block: PropertyMap) => (Array.isArray(block[kind]) ? block[kind] : []));
}
