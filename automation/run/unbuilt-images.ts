import type { OperationReport } from "../stack/run-operation";

/** A run of a container registry that has built no image. */
export interface UnbuiltImage {
  readonly registry: string;
  /** Name of the run, by which its log is found. */
  readonly run: string;
}

/** The runs of registries that failed in an operation. */
export function unbuiltImages({ tree }: OperationReport): UnbuiltImage[] {
  return tree.resources.flatMap(({ type, status, inputs: { registryName, taskRunName } = {} }) =>
    type === "azure-native:containerregistry:TaskRun" &&
    status === "failed" &&
    typeof registryName === "string" &&
    typeof taskRunName === "string"
      ? [{ registry: registryName, run: taskRunName }]
      : [],
  );
}
