import type { CustomTimeouts, ResourceState } from "../state/deployment-file";
import type { Goal } from "./goal";

/** The state that a goal asks for, before its provider has seen it. Empty fields are left out, as in a checkpoint. */
export function newState(
  goal: Goal,
  urn: string,
  old: ResourceState | undefined,
  aliases: readonly string[],
): ResourceState {
  return compact({
    urn,
    custom: goal.custom,
    type: goal.type,
    inputs: goal.properties,
    parent: goal.parent,
    protect: goal.protect,
    dependencies: [...goal.dependencies],
    provider: goal.provider,
    propertyDependencies: mutable(goal.propertyDependencies),
    additionalSecretOutputs: [...goal.additionalSecretOutputs],
    aliases: [...aliases],
    customTimeouts: timeoutsOf(goal.customTimeouts),
    importID: goal.importId,
    retainOnDelete: goal.retainOnDelete,
    deletedWith: goal.deletedWith,
    replaceWith: [...goal.replaceWith],
    created: old?.created,
    modified: old?.modified,
    sourcePosition: goal.sourcePosition,
    stackTrace: goal.stackTrace && [...goal.stackTrace],
    ignoreChanges: [...goal.ignoreChanges],
    hideDiff: [...goal.hideDiff],
    replaceOnChanges: [...goal.replaceOnChanges],
    replacementTrigger: goal.replacementTrigger,
    refreshBeforeUpdate: old?.refreshBeforeUpdate,
  });
}

/** The state without fields that are empty, false or absent; the fields that every resource has stay. */
export function compact(state: ResourceState): ResourceState {
  const result = {} as ResourceState;
  for (const [key, value] of Object.entries(state)) {
    if (key === "urn" || key === "custom" || key === "type" || !isEmpty(value)) result[key] = value;
  }
  return result;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function timeoutsOf(timeouts: CustomTimeouts): CustomTimeouts | undefined {
  const set = Object.entries(timeouts).filter(([, seconds]) => seconds);
  return set.length > 0 ? Object.fromEntries(set) : undefined;
}

function mutable(dependencies: Goal["propertyDependencies"]): Record<string, string[]> {
  return Object.fromEntries(Object.entries(dependencies).map(([key, urns]) => [key, [...urns]]));
}
