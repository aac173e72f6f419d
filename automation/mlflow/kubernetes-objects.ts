/** A Job, as far as runs of projects look at it. */
export interface ClusterJob {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    /** ISO 8601, UTC; the cluster sets it. */
    readonly creationTimestamp?: string;
  };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status?: {
    readonly active?: number;
    readonly startTime?: string;
    readonly completionTime?: string;
    readonly conditions?: readonly ClusterCondition[];
  };
}

/** A statement on the state of a Job or Pod. */
export interface ClusterCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

/** A Pod of a Job. */
export interface ClusterPod {
  readonly metadata: { readonly name: string; readonly creationTimestamp?: string };
  readonly status?: {
    /** Pending, Running, Succeeded, Failed or Unknown. */
    readonly phase?: string;
    /** Why it failed as a whole, such as Evicted. */
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly ClusterCondition[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** What became of a container. */
export interface ContainerStatus {
  readonly name: string;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly running?: { readonly startedAt?: string };
    readonly terminated?: { readonly exitCode: number; readonly reason?: string; readonly message?: string };
  };
}

/** What the cluster tells of an object. */
export interface ClusterEvent {
  /** Normal or Warning. */
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  /** How often it happened. */
  readonly count?: number;
}
