import type { DiffRequest, DiffResult, PropertyDiff } from "../provider/provider";
import { changedKeys, detailedDiff, diffObjects } from "../values/object-diff";
import { unwrapSecretsOf } from "../values/secret-value";
import type { Deployment } from "./deployment";
import { processIgnoreChanges } from "./ignore-changes";
import type { ResourceProvider } from "./provider-instance";

/** Asks a provider what a change means; where it cannot tell, the inputs are compared. */
export async function diffResource(
  deployment: Deployment,
  provider: ResourceProvider,
  request: DiffRequest,
): Promise<DiffResult> {
  const diff = await provider.diff(request);
  if (diff.changes !== "unknown") return diff;
  const { diagnostics } = deployment;
  const news = processIgnoreChanges(
    diagnostics,
    request.urn,
    request.newInputs,
    request.oldInputs,
    request.ignoreChanges,
  );
  const olds = unwrapSecretsOf(request.oldInputs);
  const difference = diffObjects(olds, unwrapSecretsOf(news));
  if (!difference) return { ...diff, changes: "none" };
  return {
    ...diff,
    changes: "some",
    changedKeys: changedKeys(difference),
    detailedDiff: detailedDiff(olds, unwrapSecretsOf(news)),
  };
}

const INVERTED: Readonly<Record<PropertyDiff["kind"], PropertyDiff["kind"]>> = {
  add: "delete",
  "add-replace": "delete-replace",
  delete: "add",
  "delete-replace": "add-replace",
  update: "update",
  "update-replace": "update-replace",
};

/** The diff seen from the other side: what was added is deleted. */
export function invertDiff(diff: DiffResult): DiffResult {
  if (!diff.detailedDiff) return diff;
  const inverted = Object.entries(diff.detailedDiff).map(([path, { kind, inputDiff }]) => [
    path,
    { kind: INVERTED[kind], inputDiff },
  ]);
  return { ...diff, detailedDiff: Object.fromEntries(inverted) as Record<string, PropertyDiff> };
}

/** Whether the diff asks for a replacement. */
export function needsReplacement(diff: DiffResult): boolean {
  return (
    (diff.replaceKeys?.length ?? 0) > 0 ||
    Object.values(diff.detailedDiff ?? {}).some(({ kind }) => kind.endsWith("-replace"))
  );
}
