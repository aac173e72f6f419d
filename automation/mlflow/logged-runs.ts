/**
 * What MLflow writes when `mlflow run` starts a command, and when a client ends a run; the host in the latter's address is
 * that of the cluster, which means nothing to a person.
 */
const TOLD = [/ in run with ID '([0-9a-f]{32})'/, /View run .* at: \S+\/#\/experiments\/\d+\/runs\/([0-9a-f]{32})/];

/** Gathers the runs of MLflow that the log of a Job tells of, in their order. */
export class LoggedRuns {
  private readonly ids = new Set<string>();

  read(line: string): void {
    for (const pattern of TOLD) {
      const id = pattern.exec(line)?.[1];
      if (id !== undefined) this.ids.add(id);
    }
  }

  /** The ids of the runs so far. */
  get runIds(): readonly string[] {
    return [...this.ids];
  }
}
