import type { ClusterJob } from "./kubernetes-objects";
import type { JobTemplate } from "./mlflow-facts";
import type { RunRequest } from "./check-run";

/** Annotations that tell what a Job runs. */
export const RUN_ANNOTATIONS = {
  project: "trunkline/project",
  entryPoint: "trunkline/entry-point",
  /** Set by whoever stopped it. */
  stopped: "trunkline/stopped",
} as const;

const MAX_NAME = 63;

/**
 * The name of a run's Job: project, entry point, the second, and a random part, so that no two are the same; at most 63
 * characters, as the pods' labels take no more.
 */
export function runName({ project, entryPoint }: RunRequest, now: Date, random: string): string {
  const stamp = now.toISOString().slice(0, 19).replace(/\D/g, "");
  const ending = `-${stamp}-${random}`;
  const start = `${project}-${entryPoint}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return (start.slice(0, MAX_NAME - ending.length).replace(/^-+|-+$/g, "") || "run") + ending;
}

/** The Job of one run: the platform's template with a name, and what `mlflow` is told. */
export function runJob(
  template: JobTemplate,
  name: string,
  request: RunRequest,
  /** Experiment of the run that `mlflow run` makes. @default MLflow's own */
  experiment?: string,
): ClusterJob {
  const { metadata, spec } = template;
  const [container] = spec.template.spec.containers;
  const [projects] = container?.volumeMounts ?? [];
  const annotations = {
    [RUN_ANNOTATIONS.project]: request.project,
    [RUN_ANNOTATIONS.entryPoint]: request.entryPoint,
  };
  const args = mlflowArguments(`${projects?.mountPath}/${request.project}`, request, experiment);
  return {
    apiVersion: template.apiVersion,
    kind: template.kind,
    metadata: { ...metadata, name, annotations },
    spec: {
      ...spec,
      template: {
        ...spec.template,
        metadata: { labels: metadata.labels, annotations },
        spec: { ...spec.template.spec, containers: [{ ...container, args }] },
      },
    },
  };
}

/** What `mlflow` is told: to run an entry point of a project in the image's own environment. */
function mlflowArguments(directory: string, { entryPoint, parameters }: RunRequest, experiment?: string): string[] {
  return [
    ...["run", directory, "--entry-point", entryPoint, "--env-manager", "local"],
    ...(experiment === undefined ? [] : ["--experiment-name", experiment]),
    ...Object.entries(parameters).flatMap(([key, value]) => ["--param-list", `${key}=${value}`]),
  ];
}
