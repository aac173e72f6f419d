import { continueFromImport } from "./continue-from-import";
import { newState } from "./new-state";
import type { Generated, Registration } from "./registration";
import { neededUrns } from "./state-dependencies";
import type { StepGenerator } from "./step-generator";
import { ImportStep } from "./steps/import-step";
import { ReplaceStep } from "./steps/replace-step";
import { SameStep } from "./steps/same-step";
import { isProviderType } from "./urn";

/** Second part of a registration: what refreshes and destroys do instead of an update, and imports. */
export async function continueFromRefresh(generator: StepGenerator, registration: Registration): Promise<Generated> {
  const { deployment, state } = generator;
  const { goal, urn, old, event } = registration;
  const managed = goal.custom && !isProviderType(goal.type);
  const skipped = neededUrns(registration.next).some((needed) => state.skippedCreates.has(needed));
  if (deployment.options.mode === "refresh" && (managed || skipped)) {
    if (!old) {
      state.sames.add(urn);
      return skipCreate(generator, registration);
    }
    event.done({ state: old, result: "success" });
    return { steps: [] };
  }
  if (deployment.options.mode === "destroy") {
    if (skipped || (managed && !old)) {
      if (old) registration.next.outputs = old.outputs;
      return skipCreate(generator, registration);
    }
    state.toDelete.push(registration.next);
    if (managed && old) {
      state.sames.add(urn);
      registration.next.inputs = old.inputs;
      return { steps: [new SameStep(deployment, event, old, registration.next, "unchanged")] };
    }
  }
  const current: Registration = { ...registration, recreating: state.deletes.has(urn) };
  const oldImportId = old && (old.importID || old.id);
  const imports = goal.custom && goal.importId !== "" && (!old || old.external || oldImportId !== goal.importId);
  return imports ? importFirst(generator, current) : continueFromImport(generator, current);
}

/** A resource that is not created: whatever needs it is told so. */
export function skipCreate({ deployment, state }: StepGenerator, registration: Registration): Generated {
  const { event, urn } = registration;
  state.skippedCreates.add(urn);
  const copy = { ...registration.next };
  return { steps: [new SameStep(deployment, event, copy, registration.next, "skipped-create")] };
}

async function importFirst(generator: StepGenerator, registration: Registration): Promise<Generated> {
  const { deployment, state } = generator;
  const { goal, urn, old, event, recreating } = registration;
  await generator.provider(registration.next);
  deployment.newPlan?.expect(urn, goal, registration.randomSeed, undefined, undefined);
  const original = old && !recreating ? old : undefined;
  let settle!: (rest: () => Promise<Generated>) => void;
  const rest = new Promise<() => Promise<Generated>>((resolve) => (settle = resolve));
  const step = new ImportStep(deployment, event, original, registration.next, (outcome) =>
    settle(async () => {
      // The step has reported its failure.
      if (outcome instanceof Error) return { steps: [] };
      // The imported state is written as it was found; what follows works on a state of its own.
      const next = newState({ ...goal, replacementTrigger: undefined }, urn, outcome, outcome.aliases ?? []);
      return continueFromImport(generator, { ...registration, old: outcome, next: next, imported: true });
    }),
  );
  state.imports.add(urn);
  const replace = original ? [new ReplaceStep(original, registration.next)] : [];
  return { steps: [step, ...replace], rest };
}
