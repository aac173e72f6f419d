/** What happened that the pipeline decides upon, whoever told it. */
export interface PipelineEvent {
  readonly kind: "push" | "pull_request" | "manual" | "schedule";
  /** Who told it: a CI system, the command line, or the checked-out repository. */
  readonly source: "github" | "azure-pipelines" | "flags" | "git";
  /** The branch pushed, or the head branch of a pull request; absent for a detached head and for tags. */
  readonly branch?: string;
  /** The branch that a pull request goes to. */
  readonly baseBranch?: string;
  /** The head commit, in full; for a pull request that of its head, not of the merge that CI checks out. */
  readonly commit?: string;
  /** The number of the pull request. */
  readonly pullRequest?: number;
  /** The head comes from another repository: it gets no credentials and is rehearsed only. */
  readonly fork: boolean;
  /** Login of who caused it. */
  readonly actor?: string;
  /** `owner/name` */
  readonly repository?: string;
  /** The run of CI with its attempt, such as `1658821493-1`. */
  readonly run?: string;
}
