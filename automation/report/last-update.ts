import type { Deployment, UpdateSummary } from "@pulumi/pulumi/automation";
import { ExportedState } from "../bundle/exported-state";
import type { PipelineEvent } from "../events/pipeline-event";
import { RESOURCE_CHANGES, type ResourceChange } from "./operation-tree";
import type { PipelineStep, ReportResource, StackReport } from "./pipeline-report";
import { knownResources } from "./state-resources";

/** What an entry of the history keeps of an update. */
export type RecordedUpdate = Pick<UpdateSummary, "kind" | "result" | "startTime" | "endTime" | "resourceChanges"> & {
  readonly environment?: Readonly<Record<string, string>>;
};

/** Steps of a replacement are counted beside it. */
const PARTS: readonly string[] = ["create-replacement", "delete-replaced"];

const TITLES: Readonly<Record<string, string>> = {
  update: "the last update",
  refresh: "the last refresh",
  destroy: "the last destruction",
  rename: "the last renaming",
};

/**
 * The last update of a stack, as its history and its state tell it: counts by the history, and of each resource what was done
 * to it and when it was done, by the times that the state keeps. Neither keeps properties as they were before.
 */
export function lastUpdate(
  update: RecordedUpdate,
  deployment: Deployment,
  { project, environment }: Pick<StackReport, "project" | "environment">,
): StackReport {
  const begun = update.startTime.getTime();
  // The history keeps whole seconds, the state what is finer.
  const ended = update.endTime ? update.endTime.getTime() + 1000 : Infinity;
  const counts = countsOf(update);
  const created: ResourceChange = (counts.create ?? 0) === 0 && (counts.replace ?? 0) > 0 ? "replace" : "create";
  const times = new Map(new ExportedState(deployment).resources.map((one) => [one.urn, one]));
  const during = (time: unknown) => {
    const at = typeof time === "string" ? Date.parse(time) : NaN;
    return at >= begun && at <= ended ? at : undefined;
  };
  const resources = knownResources(deployment).map((known): ReportResource => {
    const told = times.get(known.urn);
    const [made, moved] = [during(told?.["created"]), during(told?.["modified"])];
    const at = moved ?? made;
    return {
      ...known,
      status: "done",
      change: made !== undefined ? created : moved !== undefined ? "update" : "same",
      ...(at !== undefined && { endMs: at - begun }),
    };
  });
  const changed = Object.entries(counts).some(([change, count]) => change !== "same" && count > 0);
  return {
    ...{ project, environment, resources, counts, changes: [], policies: [], messages: [] },
    reasons: [`it is ${TITLES[update.kind] ?? `the last ${update.kind}`} in the history of the stack`],
    result: resultOf(update, changed),
    detail: detailOf(counts),
    durationMs: update.endTime ? Math.max(0, update.endTime.getTime() - begun) : 0,
  };
}

/** What was done, in the words of the pipeline. */
export const LAST_STEP: PipelineStep = "apply";

/** The event that caused an update, as far as its history tells. */
export function updateEvent({ environment = {} }: RecordedUpdate): PipelineEvent {
  const { "git.head": commit, "git.headName": head, "git.author": author, "git.committer": committer } = environment;
  const [owner, repository] = [environment["vcs.owner"], environment["vcs.repo"]];
  const actor = author ?? committer;
  return {
    ...{ kind: "manual", source: "git", fork: false },
    ...(commit !== undefined && { commit }),
    ...(head !== undefined && { branch: head.replace(/^refs\/heads\//, "") }),
    ...(actor !== undefined && { actor }),
    ...(owner !== undefined && repository !== undefined && { repository: `${owner}/${repository}` }),
  };
}

function countsOf({ resourceChanges = {} }: RecordedUpdate): Partial<Record<ResourceChange, number>> {
  const told = Object.entries(resourceChanges as Readonly<Record<string, number>>).filter(
    ([op]) => !PARTS.includes(op),
  );
  const known: readonly string[] = RESOURCE_CHANGES;
  return Object.fromEntries(told.filter(([op]) => known.includes(op)));
}

function resultOf({ result }: RecordedUpdate, changed: boolean): StackReport["result"] {
  if (result === "succeeded") return changed ? "applied" : "unchanged";
  return result === "failed" ? "failed" : "unknown";
}

function detailOf({ delete: deleted = 0 }: Partial<Record<ResourceChange, number>>): string {
  const gone = deleted > 0 ? `; the ${deleted} that it deleted are not in the state any more` : "";
  return `from history and state, which keep no property as it was before: up --report FILE does${gone}`;
}
