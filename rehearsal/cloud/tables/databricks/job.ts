import type { PropertyMap, PropertyValue } from "../../../engine/values/property-value";
import { isMap } from "../../../engine/values/property-value";
import { isUnknown } from "../../../engine/values/unknown-value";
import { any, flag, integer, list, object, oneOf, record, text, asText } from "../../schema/property-schema";
import { once, type ResourceTypeTable } from "../table";
import { CLUSTER } from "./cluster";
import { compute, library } from "./compute-properties";
import { numberFrom, providerConfig } from "./databricks-properties";
import type { DatabricksContext, DatabricksScope } from "./databricks-scope";
import { jobTask } from "./job-task";
import { hostOf } from "./workspace-object";

const trigger = object({
  continuous: any(),
  fileArrival: any(),
  model: any(),
  pauseStatus: oneOf(["PAUSED", "UNPAUSED"]),
  periodic: any(),
  schedule: any(),
  sqlCondition: any(),
  tableUpdate: any(),
});
const hooks = list(object({ id: text({ required: true }) }));

/**
 * A job: tasks that run on clusters, in an order, by hand or by a schedule. Every change is made in place.
 * @see https://docs.databricks.com/api/workspace/jobs
 */
export const job: ResourceTypeTable<DatabricksScope> = {
  type: "databricks:index/job:Job",
  properties: {
    alwaysRunning: flag(),
    budgetPolicyId: text(),
    continuous: object({ maintenanceWindow: any(), pauseStatus: text(), taskRetryMode: text() }),
    controlRunState: flag(),
    dbtTask: any(),
    deployment: object({
      deploymentId: text(),
      kind: text({ required: true }),
      metadataFilePath: text(),
      versionId: text(),
    }),
    description: text({ maxLength: 27_700 }),
    editMode: oneOf(["UI_LOCKED", "EDITABLE"]),
    emailNotifications: object({
      noAlertForSkippedRuns: flag(),
      onDurationWarningThresholdExceededs: list(text()),
      onFailures: list(text()),
      onStarts: list(text()),
      onStreamingBacklogExceededs: list(text()),
      onSuccesses: list(text()),
    }),
    environments: list(object({ environmentKey: text({ required: true }), spec: any() })),
    existingClusterId: text(),
    format: oneOf(["SINGLE_TASK", "MULTI_TASK"]),
    gitSource: object({
      branch: text(),
      commit: text(),
      gitSnapshot: any(),
      jobSource: any(),
      provider: text(),
      sparseCheckout: any(),
      tag: text(),
      url: text({ required: true }),
    }),
    health: object({ rules: list(any(), { required: true }) }),
    jobClusters: list(
      object({
        jobClusterKey: text({ required: true }),
        newCluster: object({ ...compute, autoterminationMinutes: integer() }),
        serverlessComputeId: text(),
      }),
    ),
    libraries: list(library),
    maxConcurrentRuns: integer({ min: 0, max: 1000 }),
    maxRetries: integer(),
    minRetryIntervalMillis: integer(),
    name: text({ maxLength: 4096 }),
    newCluster: object({ ...compute, clusterId: text() }),
    notebookTask: any(),
    notificationSettings: object({ noAlertForCanceledRuns: flag(), noAlertForSkippedRuns: flag() }),
    parameters: list(object({ default: text({ required: true }), name: text({ required: true }) })),
    parentPath: text(),
    performanceTarget: text(),
    pipelineTask: any(),
    providerConfig,
    pythonWheelTask: any(),
    queue: object({ enabled: flag({ required: true }) }),
    retryOnTimeout: flag(),
    runAs: object({ groupName: text(), servicePrincipalName: text(), userName: text() }),
    runJobTask: any(),
    schedule: object({
      pauseStatus: oneOf(["PAUSED", "UNPAUSED"]),
      quartzCronExpression: text({ required: true }),
      sqlCondition: any(),
      timezoneId: text({ required: true }),
    }),
    sparkJarTask: any(),
    sparkPythonTask: any(),
    sparkSubmitTask: any(),
    tags: record(text()),
    tasks: list(jobTask, { maxItems: 1000 }),
    timeoutSeconds: integer({ min: 0 }),
    trigger,
    triggers: list(trigger),
    usagePolicyId: text(),
    webhookNotifications: object({
      onDurationWarningThresholdExceededs: hooks,
      onFailures: hooks,
      onStarts: hooks,
      onStreamingBacklogExceededs: hooks,
      onSuccesses: hooks,
    }),
  },
  computed: { url: once(({ id, scope }) => `${hostOf(scope)}/#job/${id}`) },
  idOf: (context) => numberFrom(context, "id"),
  rules: ({ tasks }) => {
    const keys = tasksOf(tasks).map(({ taskKey }) => asText(taskKey));
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    return twice === undefined ? [] : [{ property: "tasks", reason: `has the task key "${twice}" twice` }];
  },
  refuse: missingPart,
};

/** What a task refers to and the workspace does not have. */
function missingPart({ inputs, scope, world }: DatabricksContext): string | undefined {
  const keys = new Set(
    (Array.isArray(inputs.jobClusters) ? inputs.jobClusters : []).map((one) =>
      asText((one as PropertyMap).jobClusterKey),
    ),
  );
  for (const task of [inputs, ...tasksOf(inputs.tasks)]) {
    const { existingClusterId: cluster, jobClusterKey: key } = task;
    if (cluster !== undefined && world.get(scope.id, CLUSTER, asText(cluster)) === undefined) {
      return `INVALID_PARAMETER_VALUE: Cluster ${asText(cluster)} does not exist`;
    }
    if (key !== undefined && !keys.has(asText(key))) {
      return `INVALID_PARAMETER_VALUE: Job cluster '${asText(key)}' is not defined in field 'job_clusters'`;
    }
  }
  return undefined;
}

function tasksOf(tasks: PropertyValue | undefined): PropertyMap[] {
  return Array.isArray(tasks) ? tasks.filter((task): task is PropertyMap => !isUnknown(task) && isMap(task)) : [];
}
