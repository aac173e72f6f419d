import type { ClusterEvent, ClusterJob, ClusterPod } from "../../automation/mlflow/kubernetes-objects";
import type { JobTemplate } from "../../automation/mlflow/mlflow-facts";
import type { JobCluster } from "../../automation/ports/job-cluster";

/** A small template, in the form that the platform computes. */
export const jobTemplate: JobTemplate = {
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { namespace: "mlflow", labels: { "app.kubernetes.io/name": "mlflow-project" } },
  spec: {
    backoffLimit: 0,
    template: {
      metadata: {},
      spec: {
        serviceAccountName: "mlflow-project",
        containers: [
          { name: "project", image: "r/mlflow:1", volumeMounts: [{ name: "projects", mountPath: "/projects" }] },
        ],
        volumes: [{ name: "projects", persistentVolumeClaim: { claimName: "mlflow-projects" } }],
      },
    },
  },
};

/** What the cluster says at one look. */
export interface Look {
  readonly job?: Partial<Pick<ClusterJob, "metadata" | "status">>;
  readonly pods?: readonly ClusterPod[];
  readonly events?: readonly ClusterEvent[];
}

/** A cluster with one Job that says something else at each look; the last look stays. */
export class FakeCluster implements JobCluster {
  readonly removed: string[] = [];
  readonly logs: { pod: string; follow: boolean }[] = [];
  private at = -1;

  constructor(
    private readonly looks: readonly Look[],
    private readonly lines: readonly string[] = [],
  ) {}

  async create(): Promise<void> {}

  async get(name: string): Promise<ClusterJob | undefined> {
    this.at = Math.min(this.at + 1, this.looks.length - 1);
    const { job = {} } = this.look;
    return { spec: {}, ...job, metadata: { ...job.metadata, name } };
  }

  async list(): Promise<readonly ClusterJob[]> {
    return [];
  }

  async pods(): Promise<readonly ClusterPod[]> {
    return this.look.pods ?? [];
  }

  async events(): Promise<readonly ClusterEvent[]> {
    return this.look.events ?? [];
  }

  async log(pod: string, { follow, onLine }: { follow: boolean; onLine: (line: string) => void }): Promise<void> {
    this.logs.push({ pod, follow });
    this.lines.forEach(onLine);
  }

  async stop(): Promise<void> {}

  async remove(name: string): Promise<void> {
    this.removed.push(name);
  }

  private get look(): Look {
    return this.looks[this.at] ?? {};
  }
}

/** A pod with one container in a state. */
export function pod(state: object, status: object = {}, name = "run-1-abcde"): ClusterPod {
  return {
    metadata: { name },
    status: { phase: "Pending", containerStatuses: [{ name: "project", state }], ...status },
  };
}

/** A Job that has ended. */
export function endedJob(type: "Complete" | "Failed", reason = "", annotations: Record<string, string> = {}) {
  return { metadata: { name: "", annotations }, status: { conditions: [{ type, status: "True", reason }] } };
}
