import assert from "node:assert/strict";
import { followRun } from "../../../automation/mlflow/follow-run";
import { endedJob, FakeCluster, pod, type Look } from "../../support/fake-cluster";

const running = { running: { startedAt: "2026-01-02T03:04:05Z" } };
const terminated = (exitCode: number, reason = "Error") =>
  pod({ terminated: { exitCode, reason } }, { phase: "Failed" });
const warning = (reason: string, message: string, count = 1) => ({ type: "Warning", reason, message, count });

/** Follows a run of a cluster with these looks; each pause takes a second of the test's own clock. */
async function follow(looks: readonly Look[], lines: readonly string[] = [], signal = new AbortController().signal) {
  const cluster = new FakeCluster(looks, lines);
  const [notes, logged]: [string[], string[]] = [[], []];
  let time = 0;
  const deps = {
    ...{ cluster, signal, now: () => time, note: (text: string) => void notes.push(text) },
    pause: async (milliseconds: number) => void (time += milliseconds),
    onLine: (line: string) => void logged.push(line),
  };
  const ended = await followRun(deps, "run-1", 60_000).catch((error: Error) => error);
  return { cluster, ended, notes, logged };
}

describe("following a run", () => {
  it("tells what it waits for, then its log, then how it ended", async () => {
    const { ended, notes, logged } = await follow(
      [
        {},
        { pods: [pod({ waiting: { reason: "ContainerCreating" } })] },
        { pods: [pod({ waiting: { reason: "ContainerCreating" } })] },
        { pods: [pod(running, { phase: "Running" })] },
        { pods: [pod({ terminated: { exitCode: 0, reason: "Completed" } })] },
        { job: endedJob("Complete"), pods: [pod({ terminated: { exitCode: 0 } })] },
      ],
      ["hello"],
    );
    assert.deepEqual(notes, [
      "waiting: its pod is being created",
      "waiting: its container is being made",
      "running in pod run-1-abcde",
    ]);
    assert.deepEqual(logged, ["hello"]);
    assert.deepEqual(ended, { kind: "ended", outcome: "succeeded", pod: "run-1-abcde", exitCode: 0 });
  });

  it("reads the log of a run that ended before anybody looked", async () => {
    const { cluster, ended, logged } = await follow([{ job: endedJob("Failed"), pods: [terminated(3)] }], ["boom"]);
    assert.deepEqual(cluster.logs, [{ pod: "run-1-abcde", follow: false }]);
    assert.deepEqual(logged, ["boom"]);
    assert.deepEqual(ended, {
      ...{ kind: "ended", outcome: "failed", pod: "run-1-abcde", exitCode: 3 },
      reason: "its process ended with exit code 3",
    });
  });

  for (const [title, look, expected] of [
    [
      "that needed too much memory",
      { job: endedJob("Failed"), pods: [terminated(137, "OOMKilled")] },
      { outcome: "failed", exitCode: 137, reason: "OOMKilled: it needed more memory than a run may have" },
    ],
    [
      "that took too long",
      { job: endedJob("Failed", "DeadlineExceeded") },
      { outcome: "failed", reason: "DeadlineExceeded: it took longer than a run may" },
    ],
    [
      "whose node went away",
      { job: endedJob("Failed"), pods: [pod({}, { phase: "Failed", reason: "Evicted", message: "low on disk" })] },
      { outcome: "failed", reason: "Evicted: low on disk" },
    ],
    [
      "that somebody stopped",
      { job: endedJob("Failed", "DeadlineExceeded", { "trunkline/stopped": "true" }) },
      { outcome: "stopped" },
    ],
  ] as const) {
    it(`tells of one ${title}`, async () => {
      const { ended } = await follow([look]);
      const { kind, pod: _pod, ...told } = ended as { kind: string; pod?: string };
      assert.deepEqual([kind, told], ["ended", expected]);
    });
  }

  it("leaves it when it is asked to, and does not end it", async () => {
    const { cluster, ended } = await follow([{}], [], AbortSignal.abort());
    assert.deepEqual([ended, cluster.removed], [{ kind: "left" }, []]);
  });

  for (const [title, look, message] of [
    [
      "an image that cannot be pulled",
      {
        pods: [pod({ waiting: { reason: "ImagePullBackOff", message: 'Back-off pulling image "r/mlflow:1"' } })],
        events: [warning("Failed", "r/mlflow:1: not found", 3)],
      },
      'run run-1 never started, and was removed: ImagePullBackOff: Back-off pulling image "r/mlflow:1"\n' +
        "  Failed: r/mlflow:1: not found (3 times)",
    ],
    [
      "a quota that is used up",
      { events: [warning("FailedCreate", 'pods "run-1" is forbidden: exceeded quota: compute')] },
      'run run-1 never started, and was removed: FailedCreate: pods "run-1" is forbidden: exceeded quota: compute',
    ],
    [
      "a secret that is not there",
      {
        pods: [pod({ waiting: { reason: "CreateContainerConfigError", message: 'secret "mlflow-server" not found' } })],
      },
      'run run-1 never started, and was removed: CreateContainerConfigError: secret "mlflow-server" not found',
    ],
    [
      "a claim that is not there",
      {
        pods: [pod({})],
        events: [warning("FailedScheduling", 'persistentvolumeclaim "mlflow-projects" not found')],
      },
      'run run-1 never started, and was removed: FailedScheduling: persistentvolumeclaim "mlflow-projects" not found',
    ],
    [
      "nodes that never have room",
      {
        pods: [
          pod(
            {},
            {
              conditions: [
                { type: "PodScheduled", status: "False", reason: "Unschedulable", message: "Insufficient memory" },
              ],
            },
          ),
        ],
        events: [warning("FailedScheduling", "0/1 nodes are available: Insufficient memory")],
      },
      "run run-1 never started, and was removed: Timeout: not started after 1 minutes: no node takes its pod: Insufficient memory\n" +
        "  FailedScheduling: 0/1 nodes are available: Insufficient memory",
    ],
  ] as const) {
    it(`fails for ${title}, with the cluster's reason, and removes it`, async () => {
      const { cluster, ended } = await follow([look]);
      assert.equal((ended as Error).message, message);
      assert.deepEqual(cluster.removed, ["run-1"]);
    });
  }
});
