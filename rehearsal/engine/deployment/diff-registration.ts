import type { DiffResult } from "../provider/provider";
import type { ResourceState } from "../state/deployment-file";
import type { PropertyMap } from "../values/property-value";
import { mapsEqual, propertiesEqual, hasValue } from "../values/property-equality";
import { unwrapSecrets } from "../values/secret-value";
import { containsUnknowns } from "../values/unknown-value";
import { BailError } from "./bail-error";
import { DiffUnavailable } from "./provider-instance";
import { providerUrnOf } from "./provider-reference";
import { configOf } from "./provider-registry";
import type { Registration } from "./registration";
import { diffResource, needsReplacement } from "./resource-diff";
import type { StepGenerator } from "./step-generator";
import { packageOf } from "./urn";

/**
 * What has to change for a resource to become what its goal says. `newInputs`: its inputs but for the ignored changes.
 * `triggered`: its replacement trigger changed.
 */
export async function diffRegistration(
  generator: StepGenerator,
  registration: Registration,
  old: ResourceState,
  newInputs: PropertyMap,
): Promise<{ diff: DiffResult; triggered: boolean }> {
  const { deployment, state } = generator;
  const { urn, goal } = registration;
  const next = registration.next;
  if (!deployment.options.dryRun && containsUnknowns(next.replacementTrigger)) {
    const message = `replacement trigger contains unknowns for ${urn}`;
    deployment.diagnostics.error(urn, message);
    state.sawError = true;
    throw new BailError(message);
  }
  if (triggerChanged(old, next)) return { diff: { changes: "some" }, triggered: true };
  const forced = await forcedReplacement(generator, registration, old);
  if (forced) return { diff: { changes: "some", replaceKeys: [forced] }, triggered: false };
  const oldInputs = old.inputs ?? {};
  if (!goal.custom) {
    return { diff: { changes: mapsEqual(oldInputs, newInputs) ? "none" : "some" }, triggered: false };
  }
  try {
    const diff = await diffResource(deployment, await generator.provider(next), {
      urn,
      type: goal.type,
      name: goal.name,
      id: old.id ?? "",
      oldInputs,
      oldOutputs: old.outputs ?? {},
      newInputs,
      ignoreChanges: goal.ignoreChanges,
    });
    return { diff, triggered: false };
  } catch (error) {
    if (!(error instanceof DiffUnavailable)) throw error;
    deployment.diagnostics.warning(urn, error.message);
    return { diff: { changes: "some" }, triggered: false };
  }
}

/** The name under which a replacement that no provider asked for is reported; undefined where there is none. */
async function forcedReplacement(
  generator: StepGenerator,
  registration: Registration,
  old: ResourceState,
): Promise<string | undefined> {
  const { state } = generator;
  const next = registration.next;
  if (generator.isTargetedReplace(registration.urn, old)) return "id";
  if (next.replaceWith?.some((urn) => state.replaces.has(urn))) return "replaceWith";
  if (next.deletedWith && state.replaces.has(next.deletedWith)) return "deletedWith";
  return (await providerChanged(generator, old, next)) ? "provider" : undefined;
}

/** Whether the resource moves to a provider that cannot go on with it: one of another account, say. */
async function providerChanged(
  { deployment, state }: StepGenerator,
  old: ResourceState,
  next: ResourceState,
): Promise<boolean> {
  if ((old.provider ?? "") === (next.provider ?? "")) return false;
  if (!old.provider || !next.provider) return true;
  const oldUrn = providerUrnOf(old.provider);
  const newUrn = providerUrnOf(next.provider);
  if (state.aliased.get(oldUrn) === newUrn) return false;
  const provider = deployment.registry.get(next.provider);
  const before = deployment.base.olds.get(oldUrn);
  const after = state.providers.get(newUrn) ?? deployment.base.olds.get(newUrn);
  if (!provider || !before || !after) throw new Error(`failed to resolve provider reference: "${next.provider}"`);
  const diff = await provider.diffConfig({
    urn: newUrn,
    type: after.type,
    name: packageOf(after.type),
    oldInputs: configOf(before.inputs ?? {}),
    oldOutputs: before.outputs ?? {},
    newInputs: configOf(after.inputs ?? {}),
    ignoreChanges: [],
  });
  return needsReplacement(diff);
}

function triggerChanged(old: ResourceState, next: ResourceState): boolean {
  const before = unwrapSecrets(old.replacementTrigger ?? null);
  const after = unwrapSecrets(next.replacementTrigger ?? null);
  if (containsUnknowns(before) || containsUnknowns(after)) return true;
  return hasValue(before) && hasValue(after) && !propertiesEqual(before, after);
}
