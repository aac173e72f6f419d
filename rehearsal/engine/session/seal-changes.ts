import { newManifest } from "../backend/manifest";
import type { StateChange } from "../backend/state-change";
import type { DeploymentSecrets } from "../secrets/deployment-secrets";

/** The changes with their secrets encrypted, as the checkpoint would have them. */
export async function sealChanges(secrets: DeploymentSecrets, changes: readonly StateChange[]): Promise<StateChange[]> {
  const puts = changes.flatMap(({ put = [] }) => put);
  const begins = changes.flatMap(({ begin }) => begin ?? []);
  const { resources = [], pending_operations: pending = [] } = await secrets.seal({
    manifest: newManifest(),
    resources: puts.map(([, resource]) => resource),
    pending_operations: begins.map(({ resource, type }) => ({ resource, type })),
  });
  let nextPut = 0;
  let nextBegin = 0;
  return changes.map((change) => ({
    ...change,
    ...(change.put && { put: change.put.map(([slot]) => [slot, resources[nextPut++]!] as const) }),
    ...(change.begin && { begin: { ...change.begin, resource: pending[nextBegin++]!.resource } }),
  }));
}
