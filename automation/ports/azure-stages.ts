/** What somebody said of a stage of Azure Pipelines that waited for approval. */
export interface StageApproval {
  /** Name that Azure DevOps shows. */
  readonly name: string;
  /** The account, most often an e-mail address. */
  readonly account: string;
  readonly state: "approved" | "rejected" | "pending";
}

/** What the gate asks Azure DevOps about the stage that it runs in. */
export interface AzureStagesPort {
  /** Identifier of the stage, such as `apply_prd`. */
  readonly stage: string;
  /**
   * What was said before the stage of a run began; undefined where nobody had to be asked. Throws AutomationError where
   * Azure DevOps does not answer.
   */
  approvals(run: number): Promise<readonly StageApproval[] | undefined>;
}
