import type { LocalState } from "./local-process";

/** A Job, as the API of Kubernetes has it. */
export interface LocalJob {
  readonly metadata: {
    readonly name: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: string;
  };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status?: {
    readonly active?: number;
    readonly startTime?: string;
    readonly completionTime?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
  };
}

/** A Job's pod, as the API of Kubernetes has it. */
export interface LocalPod {
  readonly metadata: { readonly name: string; readonly creationTimestamp: string };
  readonly status: {
    readonly phase: string;
    readonly containerStatuses: readonly {
      readonly name: string;
      readonly state: {
        readonly waiting?: { readonly reason: string; readonly message: string };
        readonly running?: { readonly startedAt: string };
        readonly terminated?: { readonly exitCode: number; readonly reason: string };
      };
    }[];
  };
}

/** What is kept of a Job. */
export interface StoredJob {
  readonly job: LocalJob;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Why its pod never starts. */
  readonly fault?: { readonly reason: string; readonly message: string };
  /** What whoever stopped it wrote on it. */
  readonly stopped?: Readonly<Record<string, string>>;
}

/** What of a Job its process, or the lack of one, decides. */
export function jobStatus(
  { job, createdAt, stopped }: StoredJob,
  state: LocalState | undefined,
): Pick<LocalJob, "metadata" | "status"> {
  const annotations = { ...job.metadata.annotations, ...stopped };
  const metadata = { ...job.metadata, annotations, creationTimestamp: createdAt };
  if (state?.kind !== "ended") return { metadata, status: { active: 1, startTime: createdAt } };
  const { startedAt: startTime, endedAt: completionTime } = state;
  if (state.exitCode === 0 && stopped === undefined) {
    return {
      metadata,
      status: { startTime, completionTime, conditions: [{ type: "Complete", status: "True" }] },
    };
  }
  const reason = stopped ? "DeadlineExceeded" : "BackoffLimitExceeded";
  return { metadata, status: { startTime, conditions: [{ type: "Failed", status: "True", reason }] } };
}

/** The pod of a Job; none where the cluster would refuse to create it. */
export function podOf({ job, createdAt, fault }: StoredJob, state: LocalState | undefined): readonly LocalPod[] {
  if (fault?.reason === "FailedCreate") return [];
  const metadata = { name: job.metadata.name, creationTimestamp: createdAt };
  const pod = (phase: string, container: LocalPod["status"]["containerStatuses"][number]["state"]) => [
    { metadata, status: { phase, containerStatuses: [{ name: "project", state: container }] } },
  ];
  if (fault !== undefined) return pod("Pending", { waiting: fault });
  if (state === undefined) return pod("Pending", { waiting: { reason: "ContainerCreating", message: "" } });
  if (state.kind === "running") return pod("Running", { running: { startedAt: state.startedAt } });
  const { exitCode } = state;
  return pod(exitCode === 0 ? "Succeeded" : "Failed", {
    terminated: { exitCode, reason: exitCode === 0 ? "Completed" : "Error" },
  });
}
