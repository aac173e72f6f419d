import type {
  CheckFailure,
  CheckResult,
  CreateResult,
  DiffResult,
  InvokeResult,
  PropertyDiff,
  PropertyDiffKind,
  ReadResult,
  UpdateResult,
} from "../provider/provider";
import { parsePropertyPath } from "../values/property-path";
import type { PropertyMap } from "../values/property-value";
import { asError } from "./as-error";

const KINDS: ReadonlySet<string> = new Set<PropertyDiffKind>([
  "add",
  "add-replace",
  "delete",
  "delete-replace",
  "update",
  "update-replace",
]);

/** The answer of `check`; throws an Error that says what is wrong with one that cannot be used. */
export function checkAnswer(urn: string, answer: CheckResult): CheckResult {
  requireObject("check", urn, "an answer", answer);
  requireProperties("check", urn, "inputs", answer.inputs);
  requireFailures("check", urn, answer.failures);
  return answer;
}

/** The answer of `diff`; throws an Error that says what is wrong with one that cannot be used. */
export function diffAnswer(urn: string, answer: DiffResult): DiffResult {
  requireObject("diff", urn, "an answer", answer);
  if (!["none", "some", "unknown"].includes(answer.changes)) {
    refuse("diff", urn, `changes is ${shown(answer.changes)}, expected "none", "some" or "unknown"`);
  }
  for (const field of ["replaceKeys", "changedKeys", "stableKeys"] as const) {
    requireList("diff", urn, field, answer[field], "texts", (key) => typeof key === "string");
  }
  requireDetailedDiff(urn, answer.detailedDiff);
  return answer;
}

/** The answer of `create`; only a preview's may have no id. Throws an Error for one that cannot be used. */
export function createAnswer(urn: string, answer: CreateResult, preview: boolean): CreateResult {
  requireObject("create", urn, "an answer", answer);
  if (!preview && !answer.id) throw new Error(`plugin returned empty resource.ID from create '${urn}'`);
  if (!preview) requireId("create", urn, answer.id);
  requireProperties("create", urn, "outputs", answer.outputs);
  return answer;
}

/** The answer of `update`; throws an Error that says what is wrong with one that cannot be used. */
export function updateAnswer(urn: string, answer: UpdateResult): UpdateResult {
  requireObject("update", urn, "an answer", answer);
  requireProperties("update", urn, "outputs", answer.outputs);
  return answer;
}

/** The answer of `read`, undefined where there is no such resource; throws an Error for one that cannot be used. */
export function readAnswer(urn: string, answer: ReadResult | undefined): ReadResult | undefined {
  if (answer === undefined || answer === null) return undefined;
  requireObject("read", urn, "an answer", answer);
  requireId("read", urn, answer.id);
  requireProperties("read", urn, "outputs", answer.outputs);
  if (answer.inputs !== undefined) requireProperties("read", urn, "inputs", answer.inputs);
  return answer;
}

/** The answer of a function or method; throws an Error that says what is wrong with one that cannot be used. */
export function invokeAnswer(token: string, answer: InvokeResult, method: "invoke" | "call"): InvokeResult {
  requireObject(method, token, "an answer", answer);
  requireFailures(method, token, answer.failures);
  if (!answer.failures?.length) requireProperties(method, token, "outputs", answer.outputs);
  return answer;
}

function requireFailures(method: string, subject: string, failures: unknown): void {
  requireList(method, subject, "failures", failures, "properties with reasons", (failure) => {
    const { property, reason } = (failure ?? {}) as Partial<CheckFailure>;
    return typeof property === "string" && typeof reason === "string";
  });
}

function requireDetailedDiff(urn: string, detailed: unknown): void {
  if (detailed === undefined) return;
  requireObject("diff", urn, "detailedDiff", detailed);
  for (const [path, difference] of Object.entries(detailed as Record<string, Partial<PropertyDiff> | null>)) {
    requirePath(urn, path);
    const kind = difference?.kind;
    if (kind && KINDS.has(kind)) continue;
    refuse("diff", urn, `the kind of "${path}" in detailedDiff is ${shown(kind)}, expected ${[...KINDS].join(", ")}`);
  }
}

function requirePath(urn: string, path: string): void {
  try {
    parsePropertyPath(path);
  } catch (error) {
    refuse("diff", urn, `detailedDiff has "${path}", which is no property path: ${asError(error).message}`);
  }
}

function requireList(
  method: string,
  subject: string,
  field: string,
  list: unknown,
  of: string,
  fits: (element: unknown) => boolean,
): void {
  if (list === undefined) return;
  if (!Array.isArray(list)) refuse(method, subject, `${field} is ${shown(list)}, expected a list of ${of}`);
  const wrong = list.find((element) => !fits(element)) as unknown;
  if (wrong !== undefined) refuse(method, subject, `${field} holds ${shown(wrong)}, expected ${of}`);
}

function requireId(method: string, urn: string, id: unknown): void {
  if (typeof id !== "string") refuse(method, urn, `id is ${shown(id)}, expected a string`);
}

function requireProperties(method: string, urn: string, field: string, properties: PropertyMap): void {
  // What is inside is looked at where it is brought into the form that the state has.
  requireObject(method, urn, field, properties);
}

function requireObject(method: string, urn: string, what: string, value: unknown): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  refuse(method, urn, `${what === "an answer" ? "the answer" : what} is ${shown(value)}, expected an object`);
}

function refuse(method: string, urn: string, fault: string): never {
  throw new Error(`the provider's ${method} of '${urn}' gave an answer that cannot be used: ${fault}`);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : (JSON.stringify(value ?? null) ?? typeof value);
}
