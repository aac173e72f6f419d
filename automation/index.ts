export { BUNDLE_VERSION, type Bundle } from "./bundle/bundle";
export type { Change, ChangeAction, PropertyChange } from "./bundle/change";
export type { DeployBundleOptions, DeployedBundle } from "./bundle/deploy-bundle";
export { parseBundle, readBundle, type ReadBundle } from "./bundle/read-bundle";
export { approve, type ApproveOptions, type ApproveResult } from "./commands/approve";
export { bootstrap, type BootstrapResult } from "./commands/bootstrap";
export { cancel, type CancelOptions, type CancelResult } from "./commands/cancel";
export { ci, type CiOptions, type CiResult } from "./commands/ci";
export { destroy, type DestroyOptions, type DestroyResult } from "./commands/destroy";
export { drift, type DriftResult } from "./commands/drift";
export type { DriftVerdict } from "./drift/check-drift";
export { init, type InitOptions } from "./commands/init";
export { outputs, type OutputsOptions, type OutputsResult } from "./commands/outputs";
export type { StackOutput, StackOutputs } from "./outputs/read-outputs";
export { graph, type GraphOptions, type GraphResult } from "./commands/graph";
export { report, type ReportOptions, type ReportResult } from "./commands/report";
export { preview, type PreviewOptions, type PreviewResult } from "./commands/preview";
export { refresh } from "./commands/refresh";
export {
  releaseAbort,
  releaseRollback,
  type ReleaseEndResult,
  type ReleaseRollbackOptions,
} from "./commands/release-end";
export { releaseDeploy, type ReleaseDeployOptions, type ReleaseDeployResult } from "./commands/release-deploy";
export { releasePromote, type ReleasePromoteOptions, type ReleasePromoteResult } from "./commands/release-promote";
export {
  releasePropose,
  type ReleaseProposeDeps,
  type ReleaseProposeOptions,
  type ReleaseProposeResult,
} from "./commands/release-propose";
export type { ReleaseDeps, ReleaseOptions } from "./commands/release-session";
export { releaseShift, type ReleaseShiftOptions, type ReleaseShiftResult } from "./commands/release-shift";
export { releaseStatus, type ReleaseStatusResult } from "./commands/release-status";
export { releaseTest, type ReleaseTestOptions, type ReleaseTestResult } from "./commands/release-test";
export { rehearse, type RehearseResult } from "./commands/rehearse";
export { resume } from "./commands/resume";
export type { RunOptions, RunResult } from "./commands/run-result";
export { matrix, type MatrixOptions, type MatrixResult } from "./commands/matrix";
export { status, type StatusOptions, type StatusResult } from "./commands/status";
export { affectedProjects, type ChangeQuestion, type ProjectDecision } from "./changes/affected-projects";
export { reasonText, type Reason as ChangeReason } from "./changes/reason";
export type { ApplyOptions, InitDeps, InitResult } from "./init/apply-plan";
export { findProjects } from "./workspace/find-projects";
export type { Project } from "./workspace/project";
export { workspaceRoot } from "./workspace/workspace-root";
export { up } from "./commands/up";
export { upgrade } from "./commands/upgrade";
export { upAll } from "./commands/up-all";
export type { OperationResult, VerbDeps, VerbOptions } from "./commands/verb";
export type { EngineName, EngineRequest, EngineSession, OpenEngine, Target } from "./engine/engine-session";
export { openEngine } from "./engine/open-engine";
export { ERROR_CODES, type ErrorCode, errorCodeOf } from "./error-codes/error-code";
export { AutomationError } from "./errors";
export { EXIT_CODES, type Exit, exitCodeOf, type ExitKind } from "./exit-codes";
export type { Approval, ApprovalProvider, ApprovalRequest, ApprovalVerdict } from "./gate/approval-provider";
export type { GateDecision, Reason, ReasonCode } from "./gate/decision";
export { processGatePorts, type GatePorts } from "./gate/gate-ports";
export type { AzureStagesPort, StageApproval } from "./ports/azure-stages";
export type {
  CoreQuota,
  LiveEndpoint,
  LiveSlot,
  MetricsBySlot,
  OnlineEndpointPort,
  RegisteredModel,
  ScoringAnswer,
  Slot,
  SlotMetrics,
  TrafficMap,
} from "./ports/online-endpoints";
export { octokitPullRequests, type PullRequestChange, type PullRequestsPort } from "./ports/pull-requests";
export type { EndpointReference } from "./release/endpoint-reference";
export type { NextStep } from "./release/next-step";
export type { Promotion } from "./release/promote-slot";
export type { QuotaEstimate } from "./release/quota-estimate";
export type { ReleaseRecord } from "./release/release-record";
export type { TimelinePoint } from "./release/release-ports";
export type { ServingPlatform } from "./release/serving-platform";
export type { ErrorBudget, WatchLimits } from "./release/watch-rule";
export { git, type GitPort } from "./ports/git";
export type {
  Comment,
  CommentChange,
  CommitStatus,
  EnvironmentProtection,
  EnvironmentReviewer,
  GithubPort,
  PullRequest,
  Review,
  WorkflowRun,
} from "./ports/github";
export type { GithubAccess } from "./ports/github-client";
export { octokitGithub } from "./ports/octokit-github";
export { owners, type AskCi, type OwnersPort } from "./ports/owners";
export { OperationTree, type OperationMessage, type ResourceChange, type ResourceRow } from "./report/operation-tree";
export type { PipelineEvent } from "./events/pipeline-event";
export { readEvent, type EventFlags, type EventSources } from "./events/read-event";
export { loadSettings } from "./settings/load-settings";
export { DEFAULT_SETTINGS, type Settings } from "./settings/settings-schema";
export { chooseEnvironment, type ChoiceOptions, type ChosenEnvironment } from "./stack/choose-environment";
export { resolveEvent, type PipelineAction, type Resolution } from "./stack/resolve-event";
export { runStacks, type RunStacksOptions } from "./run/run-stacks";
export type { StackOutcome, WorkOutcome } from "./run/stack-outcome";
export type { RunJournal, StackState } from "./journal/run-journal";
export type { OperationName, OperationReport, OperationWatcher } from "./stack/run-operation";
export {
  type BranchDecision,
  type BranchRule,
  DEFAULT_RULES,
  type EnvironmentName,
  ENVIRONMENTS,
  type RuleTable,
  stackForBranch,
} from "./stack/stack-for-branch";
export {
  PIPELINE_REPORT_VERSION,
  pipelineReportSchema,
  type PipelineReport,
  type PipelineStep,
  type StackReport,
} from "./report/pipeline-report";
export { REPORT_MARKER, renderMarkdown, TEXT_LIMITS, type TextLimit } from "./report/render-markdown";
export { SecretRegister } from "./report/secret-register";
