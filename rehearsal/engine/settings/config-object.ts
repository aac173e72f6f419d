import { EngineError } from "../engine-error";
import { formatConfigPath, type ConfigPath } from "./config-path";

/** A configuration value as it is stored: text, number, structure; `{ secure: <ciphertext> }` stands for a secret. */
export type StoredValue = null | boolean | number | string | StoredValue[] | StoredObject;

export interface StoredObject {
  [key: string]: StoredValue;
}

/** The ciphertext of a stored secret; undefined for other values. */
export function ciphertextOf(value: StoredValue | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const { secure } = value;
  return typeof secure === "string" && Object.keys(value).length === 1 ? secure : undefined;
}

/** Whether a value is a secret, or holds one. */
export function holdsCiphertext(value: StoredValue): boolean {
  if (Array.isArray(value)) return value.some(holdsCiphertext);
  if (!isObject(value)) return false;
  return ciphertextOf(value) !== undefined || Object.values(value).some(holdsCiphertext);
}

/** Text of a command line as it stands within a structure: booleans and integers become such, all else stays text. */
export function coerced(text: string): boolean | number | string {
  if (text === "true" || text === "false") return text === "true";
  // Leading zeros would be lost, and so would digits beyond 2^53: such numbers stay text.
  const integer = /^[+-]?\d+$/.test(text) && !(text.length > 1 && text.startsWith("0"));
  return integer && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/** The value at a path; undefined where there is none. */
export function getAt(value: StoredValue | undefined, path: ConfigPath): StoredValue | undefined {
  let found = value;
  for (const step of path) {
    if (Array.isArray(found)) found = typeof step === "number" ? found[step] : undefined;
    else if (isObject(found) && ciphertextOf(found) === undefined) {
      found = typeof step === "string" && Object.hasOwn(found, step) ? found[step] : undefined;
    } else return undefined;
  }
  return found;
}

/** The value with another one at a path; what is missing on the way is made. Throws EngineError where the path does not fit. */
export function setAt(root: StoredValue | undefined, path: ConfigPath, value: StoredValue, walked = 0): StoredValue {
  const step = path[walked];
  if (step === undefined) return value;
  const where = formatConfigPath(path.slice(0, walked + 1));
  if (typeof step === "number") {
    // At the first level a value that is no list is replaced by one, as the CLI does.
    if (!Array.isArray(root) && root != null && walked > 1) throw new EngineError(`${where}: expected an array`);
    // A list that is made is as long as its first index asks for; one that is there grows by one at most.
    const list: StoredValue[] = Array.isArray(root) ? [...root] : Array.from({ length: step }, () => null);
    if (step > list.length)
      throw new EngineError(`${where}: array index out of range: the list has ${list.length} elements`);
    list[step] = setAt(list[step], path, value, walked + 1);
    return list;
  }
  if (Array.isArray(root)) throw new EngineError(`${where}: key for an array must be an int`);
  const usable = isObject(root) && ciphertextOf(root) === undefined;
  if (!usable && root != null && walked > 1) throw new EngineError(`${where}: expected a map`);
  const object: StoredObject = usable ? { ...root } : {};
  const before = Object.hasOwn(object, step) ? object[step] : undefined;
  defineKey(object, step, setAt(before, path, value, walked + 1));
  refuseSecureLookalike(object, where);
  return object;
}

/** The value without what is at a path; a path that leads nowhere changes nothing. */
export function removeAt(root: StoredValue, path: ConfigPath, walked = 0): StoredValue {
  const step = path[walked];
  if (step === undefined || getAt(root, [step]) === undefined) return root;
  const last = walked === path.length - 1;
  if (Array.isArray(root)) {
    const index = Number(step);
    return last ? root.toSpliced(index, 1) : root.with(index, removeAt(root[index] ?? null, path, walked + 1));
  }
  const object = { ...(root as StoredObject) };
  const key = String(step);
  if (last) delete object[key];
  else object[key] = removeAt(object[key] ?? null, path, walked + 1);
  refuseSecureLookalike(object, formatConfigPath(path.slice(0, walked + 1)));
  return object;
}

/** Sets a key without the meaning that `__proto__` has in an assignment. */
function defineKey(object: StoredObject, key: string, value: StoredValue): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

function refuseSecureLookalike(object: StoredObject, where: string): void {
  if (ciphertextOf(object) !== undefined)
    throw new EngineError(`${where}: maps with the single key "secure" are reserved`);
}

function isObject(value: StoredValue | undefined): value is StoredObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
