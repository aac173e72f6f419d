import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { Change, PropertyChange } from "../bundle/change";
import { hideTexts } from "../bundle/hide-texts";
import { parsePath, type PropertyPath } from "../bundle/property-path";
import { holdsSecret, masked, SecretValue, valueAt, withSecrets } from "../bundle/property-values";
import { nameOf } from "../report/operation-tree";
import type { FoundDrift } from "./find-drift";

type Metadata = NonNullable<EngineEvent["resOutputsEvent"]>["metadata"];

/**
 * What differs between state and cloud, in the form of changes: `delete` what is gone, `update` what drifted, and `refresh`
 * where all that differs is allowed. Old is what the state says, new what the cloud does. Secrets are masked, and texts in
 * which `mask` finds one. Nothing is stateful here: what is lost is lost already, and no acknowledgement brings it back.
 */
export function driftChanges(
  events: readonly EngineEvent[],
  { drifted, allowed }: FoundDrift,
  mask: (text: string) => string,
): Change[] {
  const found = new Map(
    events.flatMap(({ resOutputsEvent: told }) => (told ? [[told.metadata.urn, told.metadata]] : [])),
  );
  const reasons = new Map<string, Map<string, string>>();
  for (const { urn, property, reason } of allowed) {
    reasons.set(urn, (reasons.get(urn) ?? new Map<string, string>()).set(property, reason));
  }
  const urns = [...new Set([...drifted.map(({ urn }) => urn), ...reasons.keys()])];
  return urns.map((urn): Change => {
    const own = drifted.find((one) => one.urn === urn);
    const metadata = found.get(urn);
    const action = own?.kind === "deleted" ? "delete" : own ? "update" : "refresh";
    const listed = [
      ...(own?.properties ?? []).map((path) => difference(path, metadata, mask)),
      ...[...(reasons.get(urn) ?? [])].map(([path, why]) => ({ ...difference(path, metadata, mask), allowed: why })),
    ];
    const properties = listed.sort((a, b) => (a.path < b.path ? -1 : 1));
    const type = own?.type ?? metadata?.type ?? "";
    return { urn, type, name: nameOf(urn), action, stateful: false, protected: isProtected(metadata), properties };
  });
}

/** Inputs first: what a provider tells of outputs alone is looked up there. */
function difference(path: string, metadata: Metadata | undefined, mask: (text: string) => string): PropertyChange {
  const at = parsePath(path);
  const side = (state: Metadata["old"]) => {
    const [inputs, outputs] = [shown(state?.inputs, mask), shown(state?.outputs, mask)];
    return { input: shownAt(inputs, at), output: shownAt(outputs, at) };
  };
  const [before, after] = [side(metadata?.old), side(metadata?.new)];
  const inInputs = before.input !== undefined || after.input !== undefined;
  const [old, next] = inInputs ? [before.input, after.input] : [before.output, after.output];
  return {
    path,
    kind:
      old === undefined && next !== undefined ? "add" : next === undefined && old !== undefined ? "delete" : "update",
    replaces: false,
    secret: holdsSecret(old) || holdsSecret(next),
    ...(old !== undefined && { old: masked(old) }),
    ...(next !== undefined && { new: masked(next) }),
  };
}

/** Properties of an event, with what the engine has masked marked as a secret. */
function shown(properties: object | undefined, mask: (text: string) => string): unknown {
  return hideTexts(
    withSecrets(properties ?? {}, () => undefined),
    mask,
  );
}

/** What lies below something that the engine has masked as a whole is a secret as well, of which nothing is known. */
function shownAt(properties: unknown, path: PropertyPath): unknown {
  const within = path.some((_, length) => valueAt(properties, path.slice(0, length)) instanceof SecretValue);
  return within ? new SecretValue(undefined) : valueAt(properties, path);
}

function isProtected(metadata: Metadata | undefined): boolean {
  return metadata?.old?.protect === true;
}
