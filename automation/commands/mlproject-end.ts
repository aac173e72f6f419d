import { AutomationError } from "../errors";
import { look } from "../mlflow/follow-run";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { openPlatform, type MlflowDeps } from "./mlflow-platform";
import type { VerbOptions } from "./verb";

export interface MlprojectEndOptions extends VerbOptions {
  /** Name of the run. */
  readonly run: string;
}

/** What became of a run that was to end or to go. */
export interface MlprojectEndResult {
  readonly kind: "stopped" | "ended already" | "removed";
  readonly environment: EnvironmentName;
  readonly name: string;
}

/** Ends a run; its Job stays, with its end, until it is removed. What has ended stays as it is. */
export async function mlprojectStop(deps: MlflowDeps, options: MlprojectEndOptions): Promise<MlprojectEndResult> {
  const { run: name } = options;
  const { environment, cluster } = await openPlatform(deps, options);
  const { state } = await look(cluster, name);
  if (state.kind === "ended") return { kind: "ended already", environment, name };
  await cluster.stop(name);
  return { kind: "stopped", environment, name };
}

/** Removes a run that has ended, or that never starts, with its log. One that runs is refused. */
export async function mlprojectRemove(deps: MlflowDeps, options: MlprojectEndOptions): Promise<MlprojectEndResult> {
  const { run: name } = options;
  const { environment, cluster } = await openPlatform(deps, options);
  const { state } = await look(cluster, name);
  if (state.kind === "running") {
    throw new AutomationError("refused", `run ${name} has not ended`, {
      hint: `stop it first: trunkline mlproject stop ${name}`,
    });
  }
  await cluster.remove(name);
  return { kind: "removed", environment, name };
}
