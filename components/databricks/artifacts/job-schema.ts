import { computeShape, library } from "./cluster-schema";
import { flag, integer, listOf, oneOf, strict, text, textList, texts } from "./json-schema-kit";

const emailNotifications = strict({
  no_alert_for_skipped_runs: flag.optional(),
  on_duration_warning_threshold_exceeded: textList.optional(),
  on_failure: textList.optional(),
  on_start: textList.optional(),
  on_success: textList.optional(),
}).optional();

const notificationSettings = strict({
  alert_on_last_attempt: flag.optional(),
  no_alert_for_canceled_runs: flag.optional(),
  no_alert_for_skipped_runs: flag.optional(),
}).optional();

const health = strict({
  rules: listOf(strict({ metric: text, op: oneOf("GREATER_THAN"), value: integer() })),
}).optional();

const newCluster = strict({ ...computeShape });
const pauseStatus = oneOf("PAUSED", "UNPAUSED").optional();
const source = oneOf("WORKSPACE", "GIT").optional();

/** One task. `existing_cluster_id` has the name of a cluster of the artifacts, whose id is put in its place. */
const task = strict({
  condition_task: strict({
    left: text,
    op: oneOf("EQUAL_TO", "NOT_EQUAL", "GREATER_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN", "LESS_THAN_OR_EQUAL"),
    right: text,
  }).optional(),
  depends_on: listOf(strict({ task_key: text, outcome: oneOf("true", "false").optional() })).optional(),
  description: text.optional(),
  disable_auto_optimization: flag.optional(),
  disabled: flag.optional(),
  email_notifications: emailNotifications,
  environment_key: text.optional(),
  existing_cluster_id: text.optional(),
  health,
  job_cluster_key: text.optional(),
  libraries: listOf(library).optional(),
  max_retries: integer(-1).optional(),
  min_retry_interval_millis: integer().optional(),
  new_cluster: newCluster.optional(),
  notebook_task: strict({
    base_parameters: texts.optional(),
    notebook_path: text,
    source,
    warehouse_id: text.optional(),
  }).optional(),
  notification_settings: notificationSettings,
  python_wheel_task: strict({
    entry_point: text,
    named_parameters: texts.optional(),
    package_name: text,
    parameters: textList.optional(),
  }).optional(),
  retry_on_timeout: flag.optional(),
  run_if: oneOf(
    "ALL_SUCCESS",
    "AT_LEAST_ONE_SUCCESS",
    "NONE_FAILED",
    "ALL_DONE",
    "AT_LEAST_ONE_FAILED",
    "ALL_FAILED",
  ).optional(),
  spark_jar_task: strict({
    jar_uri: text.optional(),
    main_class_name: text,
    parameters: textList.optional(),
  }).optional(),
  spark_python_task: strict({ parameters: textList.optional(), python_file: text, source }).optional(),
  task_key: text,
  timeout_seconds: integer().optional(),
});

/**
 * A job, as Databricks shows it under JSON.
 * See https://docs.databricks.com/api/workspace/jobs/create.
 */
export const jobSchema = strict({
  budget_policy_id: text.optional(),
  continuous: strict({ pause_status: pauseStatus }).optional(),
  description: text.optional(),
  email_notifications: emailNotifications,
  environments: listOf(
    strict({
      environment_key: text,
      spec: strict({
        client: text.optional(),
        dependencies: textList.optional(),
        environment_version: text.optional(),
      }).optional(),
    }),
  ).optional(),
  format: oneOf("MULTI_TASK").optional(),
  git_source: strict({
    git_branch: text.optional(),
    git_commit: text.optional(),
    git_provider: text,
    git_tag: text.optional(),
    git_url: text,
  }).optional(),
  health,
  job_clusters: listOf(strict({ job_cluster_key: text, new_cluster: newCluster })).optional(),
  max_concurrent_runs: integer(0, 1000).optional(),
  name: text,
  notification_settings: strict({
    no_alert_for_canceled_runs: flag.optional(),
    no_alert_for_skipped_runs: flag.optional(),
  }).optional(),
  parameters: listOf(strict({ name: text, default: text })).optional(),
  performance_target: oneOf("PERFORMANCE_OPTIMIZED", "STANDARD").optional(),
  queue: strict({ enabled: flag }).optional(),
  run_as: strict({ service_principal_name: text.optional(), user_name: text.optional() }).optional(),
  schedule: strict({ pause_status: pauseStatus, quartz_cron_expression: text, timezone_id: text }).optional(),
  tags: texts.optional(),
  tasks: listOf(task),
  timeout_seconds: integer().optional(),
  trigger: strict({
    file_arrival: strict({
      min_time_between_triggers_seconds: integer().optional(),
      url: text,
      wait_after_last_change_seconds: integer().optional(),
    }).optional(),
    pause_status: pauseStatus,
    periodic: strict({ interval: integer(1), unit: oneOf("HOURS", "DAYS", "WEEKS") }).optional(),
  }).optional(),
});

/** What Databricks shows of a job that is there, and nobody can set: it is dropped from a file that has it. */
export const READ_ONLY_JOB_KEYS: ReadonlySet<string> = new Set([
  "created_time",
  "creator_user_name",
  "job_id",
  "run_as_user_name",
]);
