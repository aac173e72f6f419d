import { look } from "../mlflow/follow-run";
import { RUN_ANNOTATIONS } from "../mlflow/run-job";
import { runState } from "../mlflow/run-state";
import type { ClusterJob } from "../mlflow/kubernetes-objects";
import type { JobCluster } from "../ports/job-cluster";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { openPlatform, type MlflowDeps } from "./mlflow-platform";
import type { VerbOptions } from "./verb";

/** A run that the cluster still knows. */
export interface ListedRun {
  readonly name: string;
  readonly project: string;
  readonly entryPoint: string;
  readonly state: "waiting" | "stuck" | "running" | "succeeded" | "failed" | "stopped";
  /** What it waits for, or why it failed. */
  readonly detail?: string;
  /** ISO 8601, UTC. */
  readonly createdAt?: string;
}

/** The runs of an environment, oldest first. */
export interface MlprojectListResult {
  readonly kind: "runs";
  readonly environment: EnvironmentName;
  readonly runs: readonly ListedRun[];
}

/** Lists the runs that the cluster still knows: ended ones are removed after three days. */
export async function mlprojectList(deps: MlflowDeps, options: VerbOptions): Promise<MlprojectListResult> {
  const { environment, cluster } = await openPlatform(deps, options, { readOnly: true });
  const jobs = [...(await cluster.list())].sort((a, b) => (createdAt(a) < createdAt(b) ? -1 : 1));
  const runs = await Promise.all(jobs.map((job) => listed(cluster, job)));
  return { kind: "runs", environment, runs };
}

async function listed(cluster: JobCluster, job: ClusterJob): Promise<ListedRun> {
  const { name, annotations = {} } = job.metadata;
  const ended = runState(job, [], []);
  const state = ended.kind === "ended" ? ended : (await look(cluster, name)).state;
  const detail =
    state.kind === "ended"
      ? state.reason
      : state.kind === "waiting"
        ? state.what
        : "message" in state
          ? state.message
          : undefined;
  return {
    name,
    project: annotations[RUN_ANNOTATIONS.project] ?? "",
    entryPoint: annotations[RUN_ANNOTATIONS.entryPoint] ?? "",
    state: state.kind === "ended" ? state.outcome : state.kind,
    ...(detail !== undefined && { detail }),
    ...(createdAt(job) !== "" && { createdAt: createdAt(job) }),
  };
}

function createdAt({ metadata }: ClusterJob): string {
  return metadata.creationTimestamp ?? "";
}
