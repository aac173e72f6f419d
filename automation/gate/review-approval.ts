import type { GithubPort, Review } from "../ports/github";
import type { Approval, ApprovalProvider, ApprovalVerdict } from "./approval-provider";
import type { Reason, ReasonCode } from "./decision";

export interface ReviewApprovalOptions {
  readonly name: string;
  /** `organization/team` */
  readonly team: string;
  /** Whether who wrote the pull request may approve it. */
  readonly byAuthor: boolean;
}

type ReviewPort = Pick<GithubPort, "pullRequest" | "reviewsOf" | "teamMembers">;

/** Approving reviews of a pull request, on exactly the commit that the bundle was made of, by members of a team. */
export function reviewApprovals(github: ReviewPort, { name, team, byAuthor }: ReviewApprovalOptions): ApprovalProvider {
  return {
    name,
    async check(request): Promise<ApprovalVerdict> {
      const { repository, pullRequest: number, commit } = request;
      if (number === undefined) {
        return none(
          "approval-missing",
          "the bundle is of no pull request",
          "review it in one, or hand over its bundle",
        );
      }
      const [organization = "", slug = ""] = team.split("/");
      const members = await github.teamMembers(organization, slug);
      const pull = await github.pullRequest(repository, number);
      if (members === undefined || members.length === 0) {
        const message = `there is no team ${team} with members, or the token may not see it`;
        return fatal("approval-unprotected", message, "correct the policy, or give the token read access to the team");
      }
      if (!pull) return fatal("approval-unavailable", `there is no pull request ${number}`, "look up its number");
      if (pull.headCommit !== commit) {
        const message = `the head of pull request ${number} is ${pull.headCommit}, the bundle is of ${commit}`;
        return none("approval-foreign", message, "the branch was pushed to since: preview and review it anew");
      }
      const authors = [pull.author, ...request.authors].map((author) => author.toLowerCase());
      const team_ = new Set(members.map((member) => member.toLowerCase()));
      const approvals: Approval[] = [];
      const rejected: Reason[] = [];
      for (const [user, review] of lastByUser(await github.reviewsOf(repository, number))) {
        const reject = (code: ReasonCode, message: string, hint: string) =>
          void rejected.push({ code, message: `the review of ${review.user} ${message}`, hint });
        if (review.state === "changes_requested" && team_.has(user)) {
          const message = `${review.user} asks for changes in pull request ${number}`;
          return { ...fatal("changes-requested", message, "make them, or have the review dismissed"), pending: true };
        }
        if (review.state !== "approved") continue;
        if (!team_.has(user)) reject("approval-signer", `does not count: not in ${team}`, "have a member review it");
        else if (review.commit !== commit) {
          reject("approval-foreign", `is of ${review.commit ?? "a commit that is gone"}`, `have ${commit} reviewed`);
        } else if (authors.includes(user) && !byAuthor) {
          reject("approval-author", "is the author's own", "have another member review it");
        } else approvals.push({ by: review.user, acknowledged: [] });
      }
      return { approvals, rejected, pending: pull.state === "open" };
    },
  };
}

/** What each person said last; comments take nothing back. */
function lastByUser(reviews: readonly Review[]): ReadonlyMap<string, Review> {
  const last = new Map<string, Review>();
  for (const review of reviews) {
    if (review.state !== "commented" && review.state !== "pending") last.set(review.user.toLowerCase(), review);
  }
  return last;
}

function none(code: ReasonCode, message: string, hint: string): ApprovalVerdict {
  return { approvals: [], rejected: [{ code, message, hint }], pending: false };
}

function fatal(code: ReasonCode, message: string, hint: string): ApprovalVerdict {
  return { approvals: [], rejected: [], fatal: { code, message, hint }, pending: false };
}
