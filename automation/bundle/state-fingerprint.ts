import { sha256Of } from "./bundle";
import { canonicalJson } from "./canonical-json";
import type { ExportedState, StateResource } from "./exported-state";
import { isObject, secretParts, SECRET_TEXT } from "./property-values";
import type { SecretDigests } from "./secret-digest";

/** Fields of a resource that tell when and from where it was written, not what it is. */
const VOLATILE: ReadonlySet<string> = new Set(["created", "modified", "sourcePosition", "stackTrace"]);

/** Lists of a resource whose order means nothing: the engine writes them as they come. */
const SETS: ReadonlySet<string> = new Set([
  "additionalSecretOutputs",
  "aliases",
  "dependencies",
  "initErrors",
  "propertyDependencies",
]);

/**
 * The fingerprint of a state: equal for two states exactly when an update would start from the same resources with the same
 * ids, inputs, outputs, options and pending operations. What says when, by which engine and with which key a checkpoint was
 * written does not count, nor does the order of resources, so that either engine gives the same one. All secrets count
 * together, as one salted digest: to guess one of them takes all others.
 */
export function stateFingerprint(state: ExportedState, digests: SecretDigests): string {
  const resources = state.resources.map(plainResource);
  const secrets: string[] = [];
  const texts = [...resources, ...state.pendingOperations.map(plainPending)].map((resource) => {
    const own: string[] = [];
    const text = canonicalJson(withoutSecrets(resource, own));
    // Beside the resource that they are of, so that two resources cannot change theirs unseen.
    secrets.push(canonicalJson([text, own]));
    return text;
  });
  return sha256Of(canonicalJson([texts.sort(), digests.of(secrets.sort())]));
}

function plainResource(resource: StateResource): unknown {
  const entries = Object.entries(resource).flatMap(([field, value]): [string, unknown][] => {
    if (VOLATILE.has(field)) return [];
    if (field === "inputs" || field === "outputs") return isObject(value) && size(value) > 0 ? [[field, value]] : [];
    if (isEmpty(value)) return [];
    return [[field, SETS.has(field) ? sorted(value) : value]];
  });
  return Object.fromEntries(entries);
}

function plainPending(pending: unknown): unknown {
  if (!isObject(pending)) return { pending };
  const { resource, type } = pending;
  return { pending: type, resource: isObject(resource) ? plainResource(resource as StateResource) : resource };
}

function size(value: object): number {
  return Object.keys(value).length;
}

/** Engines leave a field out or write its zero value: both mean the same. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "" || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every(isEmpty);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const texts = value.map((item: unknown) => [canonicalJson(item), item] as const);
    return texts.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sorted(inner)]));
}

function withoutSecrets(value: unknown, secrets: string[]): unknown {
  const parts = secretParts(value);
  if (parts) {
    secrets.push(parts.plaintext ?? parts.ciphertext ?? "");
    return [SECRET_TEXT];
  }
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, secrets));
  if (!isObject(value)) return value;
  // In the order of the canonical text, which is not the order in which an engine writes.
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutSecrets(inner, secrets)]));
}
