import { AutomationError } from "../errors";
import type { JobCluster } from "../ports/job-cluster";
import type { ClusterEvent } from "./kubernetes-objects";
import { runState, type RunState } from "./run-state";

/** What following a run works with. */
export interface FollowDeps {
  readonly cluster: JobCluster;
  /** Stops following; the run goes on. */
  readonly signal: AbortSignal;
  /** Milliseconds since some moment. */
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<unknown>;
  /** Is told what is waited for. */
  readonly note: (text: string) => void;
  readonly onLine: (line: string) => void;
}

/** How a followed run ended, or that nobody looks any more. */
export type FollowedRun = Extract<RunState, { kind: "ended" }> | { readonly kind: "left" };

const POLL_MS = 2000;

/**
 * Follows a run from its creation to its end, with its log. A run that does not start is removed, and the error says why
 * in the cluster's words: at once where it never will, else after `startMs`.
 */
export async function followRun(deps: FollowDeps, name: string, startMs: number): Promise<FollowedRun> {
  const { cluster, signal, now, pause, note, onLine } = deps;
  const begun = now();
  let told = "";
  let logged: string | undefined;
  while (!signal.aborted) {
    const { state, events } = await look(cluster, name);
    if (state.kind === "ended") {
      if (logged === undefined && state.pod !== undefined) await readEnd(deps, state.pod);
      return state;
    }
    if (state.kind === "running" && logged === undefined) {
      logged = state.pod;
      note(`running in pod ${state.pod}`);
      await cluster.log(state.pod, { follow: true, signal, onLine });
      continue;
    }
    if (state.kind === "stuck") throw await neverStarted(cluster, name, state, events);
    if (state.kind === "waiting") {
      if (now() - begun > startMs) {
        const late = { reason: "Timeout", message: `not started after ${Math.round(startMs / 60_000)} minutes` };
        throw await neverStarted(cluster, name, { ...late, message: `${late.message}: ${state.what}` }, events);
      }
      if (state.what !== told) note(`waiting: ${state.what}`);
      told = state.what;
    }
    await pause(POLL_MS);
  }
  return { kind: "left" };
}

/** The state of a run by now. Throws AutomationError where there is none of that name. */
export async function look(
  cluster: JobCluster,
  name: string,
): Promise<{ state: RunState; events: readonly ClusterEvent[] }> {
  const job = await cluster.get(name);
  if (job === undefined) {
    throw new AutomationError("usage", `no run is called ${name}`, {
      hint: "trunkline mlproject list has the names; ended runs are removed after three days",
    });
  }
  const pods = await cluster.pods(name);
  const known = runState(job, pods, []);
  const events = known.kind === "waiting" || known.kind === "stuck" ? await cluster.events(name) : [];
  return { state: runState(job, pods, events), events };
}

async function readEnd({ cluster, signal, onLine }: FollowDeps, pod: string): Promise<void> {
  await cluster.log(pod, { follow: false, signal, onLine });
}

const HINTS: Readonly<Record<string, string>> = {
  ImagePullBackOff: "bring the environment up again: it builds the image, and lets the cluster's nodes pull it",
  ErrImageNeverPull: "bring the environment up again: it builds the image",
  CreateContainerConfigError: "bring the environment up again: it makes the secret and the claim that runs need",
  FailedCreate: "stop or remove other runs where a quota is used up; else bring the environment up again",
};

async function neverStarted(
  cluster: JobCluster,
  name: string,
  { reason, message }: { readonly reason: string; readonly message: string },
  events: readonly ClusterEvent[],
): Promise<AutomationError> {
  await cluster.remove(name);
  const warnings = events
    .filter(({ type }) => type === "Warning")
    .map(({ reason: why, message: what, count }) => `${why}: ${what}${(count ?? 1) > 1 ? ` (${count} times)` : ""}`);
  const lines = [...new Set(warnings)].filter((line) => line !== `${reason}: ${message}`);
  return new AutomationError(
    "fault",
    [`run ${name} never started, and was removed: ${reason}: ${message}`, ...lines].join("\n  "),
    { hint: HINTS[reason] ?? "see what the events say, and try again", errorCode: "run-never-started" },
  );
}
