import { z } from "zod";
import { at, flag, integer, list, section, text } from "./schema-kit";

const id = (description: string) => integer(1, Number.MAX_SAFE_INTEGER, description);

const branchPattern = text(
  /^(?!\/)(?!.*\/\/)(?!.*[^/]\*\*)(?!.*\*\*[^/])[A-Za-z0-9._@#+*?[\]/-]+(?<!\/)$/,
  "a branch name or a pattern such as release/* (one level) or feature/** (any depth)",
  "Branch name or pattern: * stands for anything but a slash, /** at the end for any depth.",
);

const reviewers = section(
  {
    users: list(id("Number of a user, as api.github.com/users/{name} gives it."), 1, 6, "Users.").optional(),
    teams: list(id("Number of a team, as api.github.com/orgs/{org}/teams/{name} gives it."), 1, 6, "Teams.").optional(),
  },
  "Who may approve a deployment; one of them has to. Absent: nobody has to.",
).refine((value) => [1, 2, 3, 4, 5, 6].includes(count(value, "users") + count(value, "teams")), {
  error: "1 to 6 users and teams together",
  when: ({ value }) => typeof value === "object" && value !== null,
});

const branchProtection = section(
  {
    requiredStatusChecks: list(
      text(/\S/, "the name of a check", "Name of a check, as pull requests show it."),
      0,
      50,
      "Checks that must pass on the branch's newest state before a merge.",
    ),
    requiredApprovingReviewCount: integer(0, 6, "Approvals that a pull request needs.").default(1),
    requireCodeOwnerReviews: flag("Demand an approval of a code owner.").default(false),
    requiredLinearHistory: flag("Refuse merge commits.").default(false),
    enforceAdmins: flag("Hold administrators to these rules too.").default(true),
  },
  "How one branch is protected.",
);

/** The part of the config that describes what the environment's stack governs in the repository. */
export const githubSection = section(
  {
    deploymentBranches: list(branchPattern, 1, 20, "Branches that may deploy to the environment."),
    reviewers: reviewers.optional(),
    preventSelfReview: flag("Refuse the approval of whoever started the deployment.").default(true),
    canAdminsBypass: flag("Let administrators deploy without approval.").default(false),
    waitTimer: integer(0, 43200, "Minutes that a deployment waits before it starts.").default(0),
    branchProtection: z
      .record(branchPattern, branchProtection, { error: "branch names or patterns with their rules" })
      .describe("Protected branches by name or pattern. Each branch belongs to exactly one stack.")
      .default({}),
  },
  "What this stack governs in the repository: its environment, its variables and its branches. Absent: nothing.",
);

/** The GitHub part of a config, with its defaults filled in. */
export type GithubConfig = z.infer<typeof githubSection>;

function count(value: unknown, key: string): number {
  const items = at(value, [key]);
  return Array.isArray(items) ? items.length : 0;
}
