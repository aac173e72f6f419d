import type { AzureStagesPort } from "../ports/azure-stages";
import type { Approval, ApprovalProvider, ApprovalVerdict } from "./approval-provider";
import type { Reason } from "./decision";
import { reason, runNumber, verdict } from "./run-approval";

export interface StageApprovalOptions {
  readonly name: string;
  /** The run that applies, such as `1658-1`. */
  readonly run?: string;
  /** Whether who caused the run may approve it. */
  readonly byAuthor: boolean;
}

/**
 * The approval that Azure Pipelines asks for before a stage may use an environment. That the stage names an environment says
 * nothing: the API has to say that somebody had to be asked, and that one of them let this very run in.
 */
export function stageApprovals(stages: AzureStagesPort, options: StageApprovalOptions): ApprovalProvider {
  const { name, run, byAuthor } = options;
  return {
    name,
    async check({ authors, run: madeBy, stack }): Promise<ApprovalVerdict> {
      if (run === undefined) {
        return verdict([], [reason("approval-missing", "this is no run of Azure Pipelines", "apply it in a pipeline")]);
      }
      if (madeBy === undefined || runNumber(madeBy) !== runNumber(run)) {
        const message = `the bundle was made by ${madeBy ? `run ${madeBy}` : "no run"}, what was approved is run ${run}`;
        return verdict([], [reason("approval-foreign", message, "preview and apply it in one run of the pipeline")]);
      }
      const answers = await stages.approvals(runNumber(run));
      if (answers === undefined) {
        const message = `nobody has to approve the stage ${stages.stage} of run ${run}`;
        const hint = `give the environment ${stack} an approval: Pipelines, Environments, Approvals and checks`;
        return verdict([], [], reason("approval-unprotected", message, hint));
      }
      const approvals: Approval[] = [];
      const rejected: Reason[] = [];
      for (const { name: person, account, state } of answers) {
        if (state === "rejected") {
          const message = `${person} rejected the stage ${stages.stage} of run ${run}`;
          return verdict([], [], reason("approval-declined", message, "ask why, and preview anew"));
        }
        if (state !== "approved") continue;
        const names = [person, account].map((text) => text.toLowerCase());
        if (authors.some((author) => names.includes(author.toLowerCase())) && !byAuthor) {
          const hint = "do not allow approvers to approve their own runs there";
          rejected.push(reason("approval-author", `${person} approved their own run`, hint));
        } else approvals.push({ by: account, acknowledged: [] });
      }
      if (approvals.length === 0 && rejected.length === 0) {
        const message = `nobody approved the stage ${stages.stage} of run ${run}`;
        rejected.push(reason("approval-missing", message, `have an approver of the environment ${stack} approve it`));
      }
      return verdict(approvals, rejected);
    },
  };
}
