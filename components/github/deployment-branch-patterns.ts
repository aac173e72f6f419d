/**
 * The patterns that GitHub needs so that `branch`, a name or a pattern in the notation of workflow files, may deploy.
 * GitHub matches with Ruby's `File.fnmatch` and `FNM_PATHNAME`: `*` stops at a slash, a closing `**` is no more than
 * `*`, and only `**` followed by a slash goes down any number of levels. So `feature/**` becomes two
 * patterns, one for the first level and one for those below it; anything else is its own pattern.
 * See https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#deployment-branches-and-tags
 * and https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/managing-a-branch-protection-rule.
 */
export function deploymentBranchPatterns(branch: string): string[] {
  if (branch !== "**" && !branch.endsWith("/**")) {
    return [branch];
  }
  const stem = branch.slice(0, -"**".length);
  return [`${stem}*`, `${stem}**/*`];
}

/** Says whether `branch` names one branch and no pattern of several. */
export function isBranchName(branch: string): boolean {
  return !/[*?[\]]/.test(branch);
}
