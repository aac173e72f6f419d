import { setTimeout as sleep } from "node:timers/promises";
import { AutomationError } from "../errors";
import type { ClusterEvent, ClusterJob, ClusterPod } from "../mlflow/kubernetes-objects";
import { RUN_ANNOTATIONS } from "../mlflow/run-job";
import type { JobCluster, LogRequest } from "./job-cluster";
import { KubernetesError, type KubernetesClient } from "./kubernetes-client";
import { TimedLines } from "./timed-lines";

/** Where Jobs are looked for. */
export interface KubernetesJobsOptions {
  readonly client: KubernetesClient;
  readonly namespace: string;
  /** Labels of the Jobs that run projects. */
  readonly labels: Readonly<Record<string, string>>;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

const RECONNECT_MS = 1000;
/** How often in a row a log may end in an error without a new line. */
const BROKEN = 5;

/** The Jobs of a namespace, through the API server. */
export function kubernetesJobs({ client, namespace, labels, pause = sleep }: KubernetesJobsOptions): JobCluster {
  const of = encodeURIComponent;
  const jobs = `/apis/batch/v1/namespaces/${of(namespace)}/jobs`;
  const core = `/api/v1/namespaces/${of(namespace)}`;
  const selector = (wanted: Readonly<Record<string, string>>) =>
    `labelSelector=${of(
      Object.entries(wanted)
        .map(([key, value]) => `${key}=${value}`)
        .join(","),
    )}`;
  const ask = async (...request: Parameters<KubernetesClient["call"]>): Promise<unknown> => {
    try {
      return await client.call(...request);
    } catch (error) {
      throw error instanceof KubernetesError ? refusal(error) : error;
    }
  };
  const listed = async <T>(path: string) => ((await ask("GET", path)) as { items?: T[] } | undefined)?.items ?? [];
  const pods = (job: string) => listed<ClusterPod>(`${core}/pods?${selector({ "job-name": job })}`);
  const eventsOf = (name: string) =>
    listed<ClusterEvent & EventTimes>(`${core}/events?fieldSelector=${of(`involvedObject.name=${name}`)}`);
  const isRunning = async (pod: string) => {
    const found = (await ask("GET", `${core}/pods/${of(pod)}`)) as ClusterPod | undefined;
    return found?.status?.containerStatuses?.[0]?.state?.running !== undefined;
  };
  return {
    async create(job) {
      await ask("POST", jobs, job);
    },
    get: (name) => ask("GET", `${jobs}/${of(name)}`) as Promise<ClusterJob | undefined>,
    list: () => listed<ClusterJob>(`${jobs}?${selector(labels)}`),
    pods,
    async events(job) {
      const names = [job, ...(await pods(job)).map(({ metadata }) => metadata.name)];
      const events = (await Promise.all(names.map(eventsOf))).flat();
      return events.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
    },
    async log(pod, { follow, signal, onLine }: LogRequest) {
      const lines = new TimedLines(onLine);
      for (let broken = 0; ;) {
        const since = lines.last === undefined ? "" : `&sinceTime=${of(lines.last)}`;
        const before = lines.last;
        try {
          const path = `${core}/pods/${of(pod)}/log?timestamps=true${follow ? "&follow=true" : ""}${since}`;
          await client.stream(path, signal, (text) => lines.add(text));
          // A server ends a long answer while the container still runs.
          if (!follow || signal.aborted || !(await isRunning(pod))) return lines.end();
          lines.reconnect();
          await pause(RECONNECT_MS);
        } catch (error) {
          broken = lines.last === before ? broken + 1 : 1;
          if (!follow || error instanceof KubernetesError || broken >= BROKEN) {
            throw error instanceof KubernetesError ? refusal(error) : error;
          }
          lines.reconnect();
          await pause(RECONNECT_MS);
        }
      }
    },
    async stop(name) {
      // The deadline ends the pods and leaves the Job, with its end, until the cluster removes it.
      await ask("PATCH", `${jobs}/${of(name)}`, {
        metadata: { annotations: { [RUN_ANNOTATIONS.stopped]: "true" } },
        spec: { activeDeadlineSeconds: 1 },
      });
    },
    async remove(name) {
      await ask("DELETE", `${jobs}/${of(name)}`, {
        apiVersion: "v1",
        kind: "DeleteOptions",
        propagationPolicy: "Background",
      });
    },
  };
}

interface EventTimes {
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly metadata?: { readonly creationTimestamp?: string };
}

function timeOf({ lastTimestamp, eventTime, metadata }: EventTimes): string {
  return lastTimestamp ?? eventTime ?? metadata?.creationTimestamp ?? "";
}

/** A refusal of the API server as an error for people. */
function refusal(error: KubernetesError): AutomationError {
  const { status, reason, message } = error;
  if (reason === "AlreadyExists") {
    return new AutomationError("refused", `a run of this name exists already: ${message}`, {
      hint: "give another name, or remove that run first",
      cause: error,
    });
  }
  if (status === 403 && /exceeded quota/.test(message)) {
    return new AutomationError("refused", `the cluster refuses it, its quota is used up: ${message}`, {
      hint: "stop or remove other runs, or raise the quota",
      cause: error,
    });
  }
  if (status === 401 || status === 403) {
    return new AutomationError("refused", `the cluster refuses it: ${message}`, {
      hint: "be in a group of azure.mlflow.runnerGroupObjectIds, and log in as that person or pipeline",
      cause: error,
    });
  }
  return new AutomationError("fault", `the cluster answers ${status} ${reason}: ${message}`, { cause: error });
}
