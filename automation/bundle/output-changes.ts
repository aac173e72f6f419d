import { nameOf } from "../report/operation-tree";
import type { Change } from "./change";
import type { CollectedChanges } from "./collect-changes";
import { hideTexts } from "./hide-texts";
import { propertyChanges } from "./property-changes";
import { isObject, revealed, UNKNOWN_TEXT, valueAt, withSecrets, type PlainObject } from "./property-values";
import type { SecretDigests } from "./secret-digest";

/**
 * How the outputs change of a stack that is there already: what other stacks and projects read is applied and reviewed, also
 * where no resource changes. An output that is not known before the update follows from resources, which tell of it; the
 * value of a secret one is told by no preview, only that it is one.
 */
export function outputChanges(
  { stackOutputs, all }: Pick<CollectedChanges, "stackOutputs" | "all">,
  before: (urn: string) => { readonly outputs: PlainObject },
  digests: SecretDigests,
  mask: (text: string) => string,
): Change[] {
  if (!stackOutputs) return [];
  const { urn, type, outputs } = stackOutputs;
  const action = all.find((one) => one.urn === urn)?.action;
  if (action !== "same") return [];
  const old = before(urn).outputs;
  const opened = withSecrets(outputs, (_parts, path) => {
    const clear = revealed(valueAt(old, path));
    return clear === undefined ? undefined : JSON.stringify(clear);
  });
  const hidden = (value: unknown) => hideTexts(value, mask) as PlainObject;
  const properties = propertyChanges(
    { oldInputs: hidden(old), oldOutputs: {}, newInputs: hidden(asKnown(opened, old)), detailed: {}, replaceKeys: [] },
    digests,
  ).map((property) => ({ ...property, path: `[outputs].${property.path}` }));
  if (properties.length === 0) return [];
  const rest = { action: "update", stateful: false, protected: false } as const;
  return [{ urn, type, name: nameOf(urn), ...rest, properties }];
}

/** What is not known yet is taken to stay. */
function asKnown(next: unknown, old: unknown): unknown {
  if (next === UNKNOWN_TEXT) return old ?? next;
  if (Array.isArray(next)) return next.map((item, index) => asKnown(item, valueAt(old, [index])));
  if (!isObject(next)) return next;
  return Object.fromEntries(Object.entries(next).map(([key, inner]) => [key, asKnown(inner, valueAt(old, [key]))]));
}
