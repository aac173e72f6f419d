import type { EnvironmentProtection, PullRequest } from "./github";

interface EnvironmentData {
  readonly can_admins_bypass?: boolean;
  readonly protection_rules?: readonly {
    readonly wait_timer?: number;
    readonly prevent_self_review?: boolean;
    readonly reviewers?: readonly {
      readonly type?: string;
      readonly reviewer?: { readonly login?: string; readonly slug?: string };
    }[];
  }[];
}

/** What the API says of an environment. */
export function protectionOf(data: unknown): EnvironmentProtection {
  const { can_admins_bypass, protection_rules = [] } = data as EnvironmentData;
  return {
    reviewers: protection_rules
      .flatMap(({ reviewers = [] }) => reviewers)
      .flatMap(({ type, reviewer }) => {
        const name = reviewer?.slug ?? reviewer?.login;
        return name === undefined ? [] : [{ kind: type === "Team" ? ("team" as const) : ("user" as const), name }];
      }),
    preventSelfReview: protection_rules.some(({ prevent_self_review }) => prevent_self_review === true),
    // GitHub lets administrators through unless it says that it does not.
    canAdminsBypass: can_admins_bypass ?? true,
    waitTimer: Math.max(0, ...protection_rules.map(({ wait_timer = 0 }) => wait_timer)),
  };
}

interface PullRequestData {
  readonly number: number;
  readonly state: string;
  readonly merged_at?: string | null;
  readonly merge_commit_sha?: string | null;
  readonly user: { readonly login: string } | null;
  readonly head: {
    readonly sha: string;
    readonly ref: string;
    readonly repo?: { readonly full_name: string } | null;
  };
  readonly base: { readonly sha: string; readonly ref: string };
}

/** What the API says of a pull request, in full or in a list. */
export function pullRequestOf({
  number,
  state,
  merged_at,
  merge_commit_sha,
  user,
  head,
  base,
}: PullRequestData): PullRequest {
  return {
    number,
    author: user?.login ?? "ghost",
    state: state === "open" ? "open" : "closed",
    merged: Boolean(merged_at),
    headCommit: head.sha,
    headBranch: head.ref,
    headRepository: head.repo?.full_name,
    baseBranch: base.ref,
    baseCommit: base.sha,
    // Until the merge this is a trial merge that GitHub makes by itself.
    mergeCommit: merged_at ? (merge_commit_sha ?? undefined) : undefined,
  };
}
