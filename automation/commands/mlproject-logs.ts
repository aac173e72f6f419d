import { AutomationError } from "../errors";
import { look } from "../mlflow/follow-run";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { openPlatform, type MlflowDeps } from "./mlflow-platform";
import type { VerbOptions } from "./verb";

export interface MlprojectLogsOptions extends VerbOptions {
  /** Name of the run. */
  readonly run: string;
  /** Goes on until the run ends, each line as soon as it is there. */
  readonly follow: boolean;
}

/** The log of a run. */
export interface MlprojectLogsResult {
  readonly kind: "log";
  readonly environment: EnvironmentName;
  readonly name: string;
  /** What there is by now; empty where it was followed, since each line was told already. */
  readonly lines: readonly string[];
}

/** Reads the log of a run, or follows it to its end. */
export async function mlprojectLogs(deps: MlflowDeps, options: MlprojectLogsOptions): Promise<MlprojectLogsResult> {
  const { run: name, follow } = options;
  const { environment, cluster } = await openPlatform(deps, options, { readOnly: true });
  const { state } = await look(cluster, name);
  const pod = state.kind === "running" || state.kind === "ended" ? state.pod : undefined;
  if (pod === undefined) {
    const why =
      state.kind === "waiting"
        ? state.what
        : state.kind === "stuck"
          ? state.message
          : "its pod is gone, and its log with it";
    throw new AutomationError("fault", `run ${name} has no log: ${why}`, {
      hint: state.kind === "waiting" ? "wait until it runs, and try again" : undefined,
    });
  }
  const lines: string[] = [];
  const onLine = follow ? deps.note : (line: string) => void lines.push(line);
  await cluster.log(pod, { follow, signal: deps.signal, onLine });
  return { kind: "log", environment, name, lines };
}
