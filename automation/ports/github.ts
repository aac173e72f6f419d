/** A repository as `owner/name`. */
export type RepositoryName = string;

/** What protects a GitHub environment, as the API tells it now and not as a program once declared it. */
export interface EnvironmentProtection {
  /** Who has to approve: one of them is enough. Empty where nobody has to. */
  readonly reviewers: readonly EnvironmentReviewer[];
  /** Whether whoever started a run may not approve it. */
  readonly preventSelfReview: boolean;
  /** Whether administrators may deploy without approval. */
  readonly canAdminsBypass: boolean;
  /** Minutes that a deployment waits. */
  readonly waitTimer: number;
}

/** A user's login or a team's slug. */
export interface EnvironmentReviewer {
  readonly kind: "user" | "team";
  readonly name: string;
}

/** A review of a pull request. */
export interface Review {
  readonly user: string;
  readonly state: "approved" | "changes_requested" | "commented" | "dismissed" | "pending";
  /** The commit that was looked at; absent where GitHub does not know it any more. */
  readonly commit?: string;
  /** ISO 8601; absent while the review is not submitted. */
  readonly submittedAt?: string;
}

/** A pull request. */
export interface PullRequest {
  readonly number: number;
  readonly author: string;
  readonly state: "open" | "closed";
  readonly merged: boolean;
  readonly headCommit: string;
  readonly headBranch: string;
  /** `owner/name`; absent where the repository of the head is deleted. */
  readonly headRepository?: RepositoryName;
  readonly baseBranch: string;
  readonly baseCommit: string;
  /** The commit that the merge made, once it is merged. */
  readonly mergeCommit?: string;
}

/** A comment on a pull request. */
export interface Comment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
  readonly url: string;
}

/** What became of a comment. */
export interface CommentChange {
  readonly kind: "created" | "updated";
  readonly url: string;
}

/** A status that a commit shows under a name. */
export interface CommitStatus {
  readonly context: string;
  readonly state: "pending" | "success" | "failure" | "error";
  /** At most 140 characters are kept. */
  readonly description: string;
  readonly url?: string;
}

/** A run of a workflow. */
export interface WorkflowRun {
  readonly id: number;
  readonly attempt: number;
  /** `completed` means that the run is gone. */
  readonly status: string;
  readonly conclusion?: string;
  readonly headCommit: string;
  readonly event: string;
}

/** What a reviewer said of a run that waited to enter environments. */
export interface RunApproval {
  readonly user: string;
  readonly state: "approved" | "rejected" | "pending";
  readonly environments: readonly string[];
}

/** What the pipeline asks GitHub. Each call throws AutomationError where GitHub does not answer it; none is answered by guessing. */
export interface GithubPort {
  /** Undefined where there is no environment of that name. */
  environmentProtection(repository: RepositoryName, environment: string): Promise<EnvironmentProtection | undefined>;
  /** Undefined where there is none of that number. */
  pullRequest(repository: RepositoryName, number: number): Promise<PullRequest | undefined>;
  /** Pull requests that a commit is part of, or is the merge of. */
  pullRequestsOfCommit(repository: RepositoryName, commit: string): Promise<readonly PullRequest[]>;
  /** Reviews in the order in which they were submitted. */
  reviewsOf(repository: RepositoryName, pullRequest: number): Promise<readonly Review[]>;
  /** Logins of a team's members, those of its child teams included. Undefined where there is no such team, or none to be seen. */
  teamMembers(organization: string, team: string): Promise<readonly string[] | undefined>;
  /** Undefined where the run is deleted. */
  workflowRun(repository: RepositoryName, run: number): Promise<WorkflowRun | undefined>;
  /** What reviewers said of a run, oldest first; empty where nobody was asked. */
  runApprovals(repository: RepositoryName, run: number): Promise<readonly RunApproval[]>;
  comments(repository: RepositoryName, pullRequest: number): Promise<readonly Comment[]>;
  /**
   * Writes the one comment that begins with a marker: updates the oldest that is the caller's own, whatever page it is on,
   * removes further ones, and makes one where there is none. Comments of others are never touched, even with the marker.
   */
  upsertComment(repository: RepositoryName, pullRequest: number, marker: string, body: string): Promise<CommentChange>;
  setStatus(repository: RepositoryName, commit: string, status: CommitStatus): Promise<void>;
}
