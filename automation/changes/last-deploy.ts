import { commitId } from "../events/ref-names";

/** An entry of a stack's update history, as far as it tells what was deployed. */
export interface RecordedUpdate {
  readonly kind: string;
  readonly result: string;
  /** Facts about the run, such as `git.head`. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The commit that a stack was last deployed from, or why it is not known. */
export type DeployBase =
  { readonly kind: "commit"; readonly commit: string } | { readonly kind: "unknown"; readonly reason: string };

/**
 * Where the next deployment of a stack starts from: the commit of its last update. It is unknown where that update failed,
 * since it may have done a part of its work, and where it was made from files that are in no commit.
 * @param history the newest entry first
 */
export function lastDeploy(history: readonly RecordedUpdate[]): DeployBase {
  const last = history.find(({ kind }) => kind === "update" || kind === "destroy");
  if (last === undefined) return unknown("it was never deployed");
  const { kind, result, environment = {} } = last;
  if (result === "in-progress") return unknown(`its last ${kind} has not ended`);
  if (result !== "succeeded") return unknown(`its last ${kind} failed`);
  if (kind === "destroy") return unknown("it was destroyed");
  const commit = commitId(environment["git.head"]);
  if (commit === undefined) return unknown("its history does not say which commit was deployed");
  if (environment["git.dirty"] === "true") return unknown("it was deployed from a modified working tree");
  return { kind: "commit", commit };
}

function unknown(reason: string): DeployBase {
  return { kind: "unknown", reason };
}
