import type { ClusterEvent, ClusterJob, ClusterPod } from "./kubernetes-objects";
import { RUN_ANNOTATIONS } from "./run-job";

/** What has become of a run. */
export type RunState =
  /** Nothing runs yet; `what` says what is waited for. */
  | { readonly kind: "waiting"; readonly what: string }
  /** It will not start by itself. */
  | { readonly kind: "stuck"; readonly reason: string; readonly message: string }
  | { readonly kind: "running"; readonly pod: string }
  | {
      readonly kind: "ended";
      readonly outcome: "succeeded" | "failed" | "stopped";
      /** Present while the pod is there. */
      readonly pod?: string;
      readonly exitCode?: number;
      /** Why it failed, in the cluster's words. */
      readonly reason?: string;
    };

/** Reasons of a waiting container that only a change of what it is made of, or of the cluster, takes away. */
const STUCK = new Set([
  "ImagePullBackOff",
  "ErrImageNeverPull",
  "ImageInspectError",
  "InvalidImageName",
  "RegistryUnavailable",
  "CreateContainerConfigError",
  "CreateContainerError",
  "RunContainerError",
]);

/** Reasons of events that tell of a claim or secret that is not there. */
const MISSING = new Set(["FailedMount", "FailedScheduling"]);

/**
 * What has become of a run, from its Job, the Job's pods and their events.
 * See https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-states.
 */
export function runState(job: ClusterJob, pods: readonly ClusterPod[], events: readonly ClusterEvent[]): RunState {
  const pod = newest(pods);
  const ended = endOf(job, pod);
  if (ended !== undefined) return ended;
  if (pod === undefined) {
    const refused = events.find(({ reason }) => reason === "FailedCreate");
    if (refused) return { kind: "stuck", reason: "FailedCreate", message: refused.message ?? "no pod can be created" };
    return { kind: "waiting", what: "its pod is being created" };
  }
  const [container] = pod.status?.containerStatuses ?? [];
  const { waiting, running, terminated } = container?.state ?? {};
  if (running || terminated) return { kind: "running", pod: pod.metadata.name };
  if (waiting?.reason !== undefined && STUCK.has(waiting.reason)) {
    return { kind: "stuck", reason: waiting.reason, message: waiting.message ?? lastWarning(events) ?? waiting.reason };
  }
  const missing = events.find(({ reason, message }) => MISSING.has(reason ?? "") && /not found/.test(message ?? ""));
  if (missing) return { kind: "stuck", reason: missing.reason ?? "", message: missing.message ?? "" };
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === "PodScheduled" && status === "False");
  if (unscheduled) return { kind: "waiting", what: `no node takes its pod: ${unscheduled.message ?? "unschedulable"}` };
  const warning = lastWarning(events);
  const doing = waiting?.reason === "ErrImagePull" ? "its image is being pulled again" : "its container is being made";
  return { kind: "waiting", what: warning === undefined ? doing : `${doing}: ${warning}` };
}

function endOf(job: ClusterJob, pod: ClusterPod | undefined): RunState | undefined {
  const condition = job.status?.conditions?.find(
    ({ type, status }) => (type === "Complete" || type === "Failed") && status === "True",
  );
  if (condition === undefined) return undefined;
  const terminated = pod?.status?.containerStatuses?.[0]?.state?.terminated;
  const told = {
    ...(pod && { pod: pod.metadata.name }),
    ...(terminated && { exitCode: terminated.exitCode }),
  };
  if (condition.type === "Complete") return { kind: "ended", outcome: "succeeded", ...told };
  if (job.metadata.annotations?.[RUN_ANNOTATIONS.stopped] !== undefined) {
    return { kind: "ended", outcome: "stopped", ...told };
  }
  return { kind: "ended", outcome: "failed", ...told, reason: reasonOf(condition, pod, terminated) };
}

function reasonOf(
  condition: { readonly reason?: string; readonly message?: string },
  pod: ClusterPod | undefined,
  terminated: { readonly exitCode: number; readonly reason?: string; readonly message?: string } | undefined,
): string {
  if (condition.reason === "DeadlineExceeded") return "DeadlineExceeded: it took longer than a run may";
  const { reason, message } = pod?.status ?? {};
  if (reason !== undefined) return `${reason}: ${message ?? "the pod was taken away"}`;
  if (terminated?.reason === "OOMKilled") return "OOMKilled: it needed more memory than a run may have";
  if (terminated !== undefined) return terminated.message ?? `its process ended with exit code ${terminated.exitCode}`;
  return condition.message ?? condition.reason ?? "the cluster does not say why";
}

function newest(pods: readonly ClusterPod[]): ClusterPod | undefined {
  const age = ({ metadata }: ClusterPod) => metadata.creationTimestamp ?? "";
  return [...pods].sort((a, b) => (age(a) < age(b) ? -1 : 1)).at(-1);
}

function lastWarning(events: readonly ClusterEvent[]): string | undefined {
  return events.findLast(({ type }) => type === "Warning")?.message;
}
