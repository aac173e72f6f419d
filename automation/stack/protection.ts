import type { Stack } from "@pulumi/pulumi/automation";
import type { EngineSession } from "../engine/engine-session";

/** What an exported deployment holds of a resource's protection. */
interface ProtectedState {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  protect?: boolean;
  retainOnDelete?: boolean;
}

interface ExportedState {
  readonly resources?: ProtectedState[];
}

/** URNs of the resources of a stack that are protected from deletion. */
export async function protectedResources(stack: Stack): Promise<string[]> {
  const { resources = [] } = await exported(stack);
  return resources.filter(({ protect }) => protect).map(({ urn }) => urn);
}

/**
 * Takes protection off all resources of a stack: the program's in the state, the mark that leaves them in the cloud when
 * the stack is destroyed, and the vendors' own.
 */
export async function removeProtection(stack: Stack, session: EngineSession): Promise<void> {
  const deployment = await stack.exportStack();
  const { resources = [] } = (deployment.deployment ?? {}) as ExportedState;
  await session.releaseProtection(resources.flatMap(({ type, id }) => (id ? [{ type, id }] : [])));
  const kept = resources.filter(({ protect, retainOnDelete }) => protect || retainOnDelete);
  if (kept.length === 0) return;
  for (const resource of kept) {
    delete resource.protect;
    delete resource.retainOnDelete;
  }
  await stack.importStack(deployment);
}

async function exported(stack: Stack): Promise<ExportedState> {
  const { deployment } = (await stack.exportStack()) as { deployment?: ExportedState };
  return deployment ?? {};
}
