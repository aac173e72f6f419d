import { isStateful } from "../gate/stateful-types";
import type { Change, PropertyChange } from "./change";
import type { CollectedChange, CollectedChanges } from "./collect-changes";
import { hideTexts } from "./hide-texts";
import { propertyChanges } from "./property-changes";
import { revealed, valueAt, withSecrets, type PlainObject } from "./property-values";
import type { SecretDigests } from "./secret-digest";

/** What is known of a stack's properties beyond what events show, which mask every secret. */
export interface KnownProperties {
  /** Inputs and outputs as the state has them. */
  before(urn: string): { readonly inputs: PlainObject; readonly outputs: PlainObject };
  /** Inputs as the plan has them. */
  after(urn: string): PlainObject;
}

/** Options of a resource that change without a change of its inputs, and open the way for its loss. */
const OPTIONS = ["protect", "retainOnDelete"] as const;

/**
 * The changes of an operation in the order in which they are compared and shown: what is deleted last, and by URN. Texts in
 * which `mask` finds a secret are secrets.
 */
export function describeChanges(
  collected: CollectedChanges,
  known: KnownProperties,
  digests: SecretDigests,
  mask: (text: string) => string,
): Change[] {
  const changes = collected.all.flatMap((one) => describe(one, known, digests, mask));
  const rank = ({ action }: Change) => (action === "delete" ? 1 : 0);
  return changes.sort((a, b) => rank(a) - rank(b) || (a.urn < b.urn ? -1 : 1));
}

function describe(
  collected: CollectedChange,
  known: KnownProperties,
  digests: SecretDigests,
  mask: (text: string) => string,
): Change[] {
  const { urn, type, name, action, custom, old, new: next } = collected;
  const options = optionChanges(collected);
  if (action === "same" && options.length === 0) return [];
  const before = known.before(urn);
  const after = known.after(urn);
  const marked = (properties: PlainObject | undefined, from: PlainObject) => {
    const opened = withSecrets(properties ?? {}, (_parts, path) => textOf(valueAt(from, path)));
    return hideTexts(opened, mask) as PlainObject;
  };
  const properties =
    action === "same"
      ? []
      : propertyChanges(
          {
            oldInputs: marked(old?.inputs, before.inputs),
            oldOutputs: marked(old?.outputs, before.outputs),
            newInputs: action === "delete" ? {} : marked(next?.inputs, after),
            detailed: action === "delete" ? {} : collected.detailed,
            replaceKeys: action === "replace" ? collected.keys : [],
          },
          digests,
        );
  return [
    {
      urn,
      type,
      name,
      action: action === "same" ? "update" : action,
      stateful: custom && isStateful(type),
      protected: (old ?? next)?.protect === true,
      properties: [...options, ...properties],
    },
  ];
}

function optionChanges({ old, new: next }: CollectedChange): PropertyChange[] {
  if (!old || !next) return [];
  return OPTIONS.flatMap((option): PropertyChange[] => {
    const [before, after] = [old[option] ?? false, next[option] ?? false];
    if (before === after) return [];
    const path = `[options].${option}`;
    return [{ path, kind: "update", replaces: false, secret: false, old: before, new: after }];
  });
}

/** What a secret is in clear, as JSON. */
function textOf(value: unknown): string | undefined {
  const clear = revealed(value);
  return clear === undefined ? undefined : JSON.stringify(clear);
}
