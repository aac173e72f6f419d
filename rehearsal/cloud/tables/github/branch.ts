import { flag, text, asText } from "../../schema/property-schema";
import { live, once, type ResourceTypeTable } from "../table";
import { inRepository, REPOSITORY, repositoryIdOf, type GithubScope } from "./github-scope";

/** Type token of a branch. */
export const BRANCH = "github:index/branch:Branch";
/** Type token of the choice of a default branch. */
export const BRANCH_DEFAULT = "github:index/branchDefault:BranchDefault";

/** A branch of a repository. */
export const branch: ResourceTypeTable<GithubScope> = {
  type: BRANCH,
  properties: {
    branch: text({ required: true }),
    etag: text(),
    repository: text({ required: true, replace: true }),
    sourceBranch: text({ replace: true, default: "main" }),
    sourceSha: text({ replace: true }),
  },
  computed: {
    ref: live(({ inputs }) => `refs/heads/${asText(inputs.branch)}`),
    sha: once(({ inputs, hex }) => inputs.sourceSha ?? hex("commit", 40)),
    sourceSha: once(({ inputs, hex }) => inputs.sourceSha ?? hex("commit", 40)),
  },
  idOf: ({ inputs }) => `${asText(inputs.repository)}:${asText(inputs.branch)}`,
  // The id of a branch has its name in it, which only a replacement can change here.
  replaceOn: ({ branch: old }, { branch: now }) => (old === now ? [] : ["branch"]),
  taken: (_, owner) => `422 Reference already exists: ${owner.id}`,
  refuse: ({ inputs, prior, scope, world }) => {
    if (prior !== undefined || inputs.sourceSha !== undefined) return undefined;
    const source = `${asText(inputs.repository)}:${asText(inputs.sourceBranch)}`;
    return world.get(scope.id, BRANCH, source)
      ? undefined
      : `404 Not Found: error querying GitHub branch reference ${scope.owner}/${asText(inputs.repository)} (refs/heads/${asText(inputs.sourceBranch)})`;
  },
  refuseDelete: ({ id, inputs }, { scope, world }) => {
    const chosen = world.get(scope.id, BRANCH_DEFAULT, asText(inputs.repository))?.outputs.branch;
    const seeded = world.get(scope.id, REPOSITORY, asText(inputs.repository))?.outputs.defaultBranch;
    return inputs.branch === (chosen ?? seeded)
      ? `422 Reference update failed: the default branch ${id} cannot be deleted`
      : undefined;
  },
  references: [inRepository],
};

/** Which branch is a repository's default. */
export const branchDefault: ResourceTypeTable<GithubScope> = {
  type: BRANCH_DEFAULT,
  properties: {
    branch: text({ required: true }),
    etag: text(),
    rename: flag({ default: false }),
    repository: text({ required: true, replace: true }),
    waitForRename: flag({ default: false }),
  },
  computed: { repositoryId: once(repositoryIdOf) },
  idOf: ({ inputs }) => asText(inputs.repository),
  existing: "overwrite",
  refuse: ({ inputs, scope, world }) => {
    const id = `${asText(inputs.repository)}:${asText(inputs.branch)}`;
    return inputs.rename === true || world.get(scope.id, BRANCH, id)
      ? undefined
      : `422 Validation Failed: The branch ${asText(inputs.branch)} was not found. Please push that ref first or create it`;
  },
  references: [inRepository],
};
