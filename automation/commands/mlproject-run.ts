import { AutomationError } from "../errors";
import { checkRun, readParameters } from "../mlflow/check-run";
import { followRun } from "../mlflow/follow-run";
import { LoggedRuns } from "../mlflow/logged-runs";
import { checkProjectName } from "../mlflow/project-name";
import { runJob, runName } from "../mlflow/run-job";
import { sharedProject } from "../mlflow/shared-project";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { openPlatform, type MlflowDeps } from "./mlflow-platform";
import type { VerbOptions } from "./verb";

export interface MlprojectRunOptions extends VerbOptions {
  /** Name of the project on the share. */
  readonly project: string;
  readonly entryPoint: string;
  /** `name=value`, each for one parameter of the entry point. @default those of the MLproject file */
  readonly parameter?: readonly string[];
  /** Experiment of the run that `mlflow run` makes. @default MLflow's own */
  readonly experiment?: string;
  /** Name of the run's Job. @default one of project, entry point, time and chance */
  readonly runName?: string;
  /** Minutes after which a run that has not started is given up. */
  readonly startTimeout: number;
}

/** A run of MLflow that a log tells of. */
export interface LoggedRun {
  readonly runId: string;
  /** Where a person sees it: its page, or in a rehearsal its folder; absent where nothing was recorded. */
  readonly address?: string;
}

/** How a run ended, or that it goes on without anybody looking. */
export interface MlprojectRunResult {
  readonly kind: "succeeded" | "failed" | "stopped" | "left";
  readonly environment: EnvironmentName;
  /** Name of the run's Job. */
  readonly name: string;
  /** Exit code of its process, where the cluster told it. */
  readonly exitCode?: number;
  /** Why it failed. */
  readonly reason?: string;
  /** The runs of MLflow that its log tells of. */
  readonly runs: readonly LoggedRun[];
}

/**
 * Runs an entry point of an uploaded project as a Job of the cluster, and follows it to its end. Entry point and parameters
 * are checked against the MLproject file before anything is created.
 */
export async function mlprojectRun(deps: MlflowDeps, options: MlprojectRunOptions): Promise<MlprojectRunResult> {
  const { project, entryPoint, experiment } = options;
  checkProjectName(project);
  const request = { project, entryPoint, parameters: readParameters(options.parameter ?? []) };
  const name = options.runName === undefined ? runName(request, deps.date(), deps.random()) : checked(options.runName);
  const { environment, facts, share, cluster, runAddress } = await openPlatform(deps, options);
  checkRun(request, await sharedProject(share, project));
  await cluster.create(runJob(facts.projects.jobTemplate, name, request, experiment));
  deps.note(`run ${name} created`);
  const logged = new LoggedRuns();
  const onLine = (line: string) => {
    logged.read(line);
    deps.note(line);
  };
  const { signal, now, pause, note } = deps;
  const ended = await followRun({ cluster, signal, now, pause, note, onLine }, name, options.startTimeout * 60_000);
  const runs = await Promise.all(
    logged.runIds.map(async (runId) => {
      const address = await runAddress(runId);
      return { runId, ...(address !== undefined && { address }) };
    }),
  );
  if (ended.kind === "left") return { kind: "left", environment, name, runs };
  const { outcome, exitCode, reason } = ended;
  return {
    kind: outcome,
    environment,
    name,
    ...(exitCode !== undefined && { exitCode }),
    ...(reason !== undefined && { reason }),
    runs,
  };
}

function checked(name: string): string {
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return name;
  throw new AutomationError("usage", `${JSON.stringify(name)} cannot be the name of a run`, {
    hint: "up to 63 lower-case letters, digits and dashes, beginning and ending with a letter or digit",
  });
}
