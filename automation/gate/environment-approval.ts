import type { GithubPort } from "../ports/github";
import type { Approval, ApprovalProvider, ApprovalVerdict } from "./approval-provider";
import type { Reason } from "./decision";
import { reason, runNumber, verdict } from "./run-approval";

export interface EnvironmentApprovalOptions {
  readonly name: string;
  /** The GitHub environment that the applying job runs in. */
  readonly environment: string;
  /** The run that applies, such as `1658821493-1`. */
  readonly run?: string;
  /** Whether who caused the run may approve it. */
  readonly byAuthor: boolean;
}

type EnvironmentPort = Pick<GithubPort, "environmentProtection" | "runApprovals">;

/**
 * The approval that GitHub asks for before a job may run in an environment. That there is such an environment says nothing:
 * the API has to say that it has reviewers, and that one of them let this very run in.
 */
export function environmentApprovals(github: EnvironmentPort, options: EnvironmentApprovalOptions): ApprovalProvider {
  const { name, environment, run, byAuthor } = options;
  return {
    name,
    async check({ repository, authors, run: madeBy }): Promise<ApprovalVerdict> {
      const protection = await github.environmentProtection(repository, environment);
      if (!protection || protection.reviewers.length === 0) {
        const message = `the GitHub environment ${environment} of ${repository} ${protection ? "has no reviewers" : "does not exist"}`;
        const hint = "give it required reviewers, which private repositories have with GitHub Enterprise only";
        return verdict([], [], { code: "approval-unprotected", message, hint });
      }
      if (run === undefined) {
        return verdict([], [reason("approval-missing", "this is no run of GitHub Actions", "apply it in a workflow")]);
      }
      if (madeBy === undefined || runNumber(madeBy) !== runNumber(run)) {
        const message = `the bundle was made by ${madeBy ? `run ${madeBy}` : "no run"}, what was approved is run ${run}`;
        return verdict([], [reason("approval-foreign", message, "preview and apply it in one workflow run")]);
      }
      const approvals: Approval[] = [];
      const rejected: Reason[] = [];
      const ours = (await github.runApprovals(repository, runNumber(run))).filter((approval) =>
        approval.environments.includes(environment),
      );
      for (const { user, state } of ours) {
        const own = authors.some((author) => author.toLowerCase() === user.toLowerCase());
        if (state === "rejected") {
          const message = `${user} rejected run ${run} for ${environment}`;
          return verdict([], [], reason("approval-declined", message, "ask why, and preview anew"));
        }
        if (state !== "approved") continue;
        if (own && !byAuthor) {
          rejected.push(reason("approval-author", `${user} approved their own run`, "prevent self-review there"));
        } else approvals.push({ by: user, acknowledged: [] });
      }
      if (ours.length === 0) {
        const message = `nobody let run ${run} into ${environment}`;
        rejected.push(reason("approval-missing", message, `run the applying job with environment: ${environment}`));
      }
      return verdict(approvals, rejected);
    },
  };
}
