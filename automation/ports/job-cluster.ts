import type { ClusterEvent, ClusterJob, ClusterPod } from "../mlflow/kubernetes-objects";

/** How a log is read. */
export interface LogRequest {
  /** Goes on until the container ends. @default what there is by now */
  readonly follow: boolean;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

/** The namespace of a cluster in which projects run. */
export interface JobCluster {
  /** Creates a Job. Throws AutomationError, and creates nothing, where its name is taken or the cluster refuses it. */
  create(job: ClusterJob): Promise<void>;
  /** Undefined where there is no such Job. */
  get(name: string): Promise<ClusterJob | undefined>;
  /** The Jobs that run projects. */
  list(): Promise<readonly ClusterJob[]>;
  pods(job: string): Promise<readonly ClusterPod[]>;
  /** What was told of a Job and of its pods, oldest first. */
  events(job: string): Promise<readonly ClusterEvent[]>;
  /** Reads the log of a pod's only container; resolves at its end, or when the signal is aborted. */
  log(pod: string, request: LogRequest): Promise<void>;
  /** Ends a Job's pods and keeps the Job. */
  stop(name: string): Promise<void>;
  /** Removes a Job with its pods and their logs; one that is gone already stays gone. */
  remove(name: string): Promise<void>;
}
