import type {
  CheckResult,
  CreateResult,
  DiffResult,
  InvokeResult,
  ReadResult,
  UpdateResult,
} from "../provider/provider";
import type { PropertyMap } from "../values/property-value";

/** The answer of `check`; throws an Error that says what is wrong with one that cannot be used. */
export function checkAnswer(urn: string, answer: CheckResult): CheckResult {
  requireObject("check", urn, "an answer", answer);
  requireProperties("check", urn, "inputs", answer.inputs);
  return answer;
}

/** The answer of `diff`; throws an Error that says what is wrong with one that cannot be used. */
export function diffAnswer(urn: string, answer: DiffResult): DiffResult {
  requireObject("diff", urn, "an answer", answer);
  if (!["none", "some", "unknown"].includes(answer.changes)) {
    refuse("diff", urn, `changes is ${shown(answer.changes)}, expected "none", "some" or "unknown"`);
  }
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
  if (!answer.failures?.length) requireProperties(method, token, "outputs", answer.outputs);
  return answer;
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
