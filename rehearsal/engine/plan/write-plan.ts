import { resolve } from "node:path";
import { writeFileDurably } from "../backend/durable-file";
import { newManifest } from "../backend/manifest";
import { secretOf, sealProperties } from "../secrets/secret-properties";
import type { ConfigValue, StackSession } from "../session/stack-session";
import type { PropertyMap } from "../values/property-value";
import { containsSecrets } from "../values/secret-value";
import type { PlanDiff, PlanFile, ResourcePlan } from "./plan-file";
import type { PlanRecorder } from "./plan-recorder";

/** Saves what a preview recorded, with its secrets encrypted, readable by the owner alone. */
export async function writePlan(
  path: string,
  cwd: string,
  recorder: PlanRecorder,
  config: ReadonlyMap<string, ConfigValue>,
  session: StackSession,
): Promise<void> {
  const secretConfig = [...config.values()].some(({ secret }) => secret);
  const hasSecrets = secretConfig || Object.values(recorder.resources).some(holdsSecrets);
  const crypter = hasSecrets ? await session.secrets.crypter() : undefined;
  const seal = (values: PropertyMap): PropertyMap =>
    sealProperties(values, (text) => secretOf({ ciphertext: crypter!.encrypt(text) }));
  const stored = [...config].map(([key, { value, secret }]) => [
    key,
    secret ? { secure: crypter!.encrypt(value) } : value,
  ]);
  const plan: PlanFile = {
    manifest: newManifest(),
    ...(stored.length > 0 ? { config: Object.fromEntries(stored) as Record<string, unknown> } : {}),
    resourcePlans: Object.fromEntries(
      Object.entries(recorder.resources).map(([urn, resource]) => [urn, sealResource(resource, seal)]),
    ),
  };
  await writeFileDurably(resolve(cwd, path), `${JSON.stringify(plan, undefined, 4)}\n`, 0o600);
}

function sealResource(plan: ResourcePlan, seal: (values: PropertyMap) => PropertyMap): ResourcePlan {
  const diff = ({ adds, deletes, updates }: PlanDiff): PlanDiff => ({
    ...(adds ? { adds: seal(adds) } : {}),
    ...(deletes ? { deletes } : {}),
    ...(updates ? { updates: seal(updates) } : {}),
  });
  const { goal } = plan;
  return {
    ...plan,
    state: plan.state && seal(plan.state),
    ...(goal ? { goal: { ...goal, inputDiff: diff(goal.inputDiff), outputDiff: diff(goal.outputDiff) } } : {}),
  };
}

function holdsSecrets({ goal, state }: ResourcePlan): boolean {
  const parts = [state, goal?.inputDiff.adds, goal?.inputDiff.updates, goal?.outputDiff.adds, goal?.outputDiff.updates];
  return parts.some((values) => values && containsSecrets(values));
}
