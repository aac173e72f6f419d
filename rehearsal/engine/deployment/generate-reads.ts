import type { ResourceState } from "../state/deployment-file";
import { findOld } from "./alias-resolution";
import { claimUrn } from "./begin-registration";
import { compact } from "./new-state";
import type { ReadEvent } from "./source-event";
import type { Step } from "./step";
import type { StepGenerator } from "./step-generator";
import { ReadStep } from "./steps/read-step";
import { ReplaceStep } from "./steps/replace-step";

/** The steps that make a resource known which is not managed here. */
export async function generateReads(generator: StepGenerator, event: ReadEvent): Promise<Step[]> {
  const { deployment, state } = generator;
  if (event.parent && !state.urns.has(event.parent)) throw new Error(`could not find parent resource ${event.parent}`);
  const urn = claimUrn(generator, event.parent, event.type, event.name);
  const { old, alias } = findOld(deployment, state, urn, { ...event, aliases: [] });
  if (!event.id) throw new Error(`Expected an ID for ${urn}`);
  const next = readState(event, urn, alias);
  if (old && !old.external && old.id !== event.id) {
    state.replaces.add(urn);
    return [new ReadStep(deployment, event, old, next, true), new ReplaceStep(old, next)];
  }
  if (deployment.options.mode === "destroy") state.toDelete.push(next);
  state.reads.add(urn);
  return [new ReadStep(deployment, event, old, next, false)];
}

function readState(event: ReadEvent, urn: string, alias: string | undefined): ResourceState {
  return compact({
    urn,
    custom: true,
    id: event.id,
    type: event.type,
    inputs: event.properties,
    parent: event.parent,
    external: true,
    dependencies: [...event.dependencies],
    provider: event.provider,
    additionalSecretOutputs: [...event.additionalSecretOutputs],
    aliases: alias ? [alias] : [],
    sourcePosition: event.sourcePosition,
    stackTrace: event.stackTrace && [...event.stackTrace],
  });
}
