import type { PropertyMap, PropertyValue } from "./property-value";
import { isMap } from "./property-value";
import { isSecret, makeSecret, secretElement } from "./secret-value";

/** A parsed property path: names, list indices, and `"*"` for every element. */
export type PropertyPath = readonly (string | number)[];

/**
 * Parses a path such as `root.nested["key.with.dot"].list[0]` or `list[*].name`. Throws an Error that says what is wrong.
 * @see https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/
 */
export function parsePropertyPath(text: string): PropertyPath {
  const elements: (string | number)[] = [];
  let rest = text;
  if (rest.startsWith(".")) throw new Error("expected property path to start with a name or index");
  while (rest.length > 0) {
    if (rest.startsWith(".")) {
      rest = rest.slice(1);
      if (rest.length === 0) throw new Error("expected property path to end with a name or index");
    } else if (rest.startsWith('["')) {
      const quoted = /^\["((?:\\"|\\(?!")|[^"\\])*)"(\])?/.exec(rest);
      if (!quoted) throw new Error("missing closing quote in property name");
      if (!quoted[2]) throw new Error("missing closing bracket in property access");
      elements.push(quoted[1]!.replaceAll('\\"', '"'));
      rest = rest.slice(quoted[0].length);
    } else if (rest.startsWith("[")) {
      const end = rest.indexOf("]");
      if (end < 0) throw new Error("missing closing bracket in array index");
      const segment = rest.slice(1, end);
      if (segment !== "*" && !/^[+-]?\d+$/.test(segment)) throw new Error(`invalid array index: "${segment}"`);
      elements.push(segment === "*" ? "*" : Number(segment));
      rest = rest.slice(end + 1);
    } else {
      const name = /^[^.[]*/.exec(rest)![0];
      elements.push(name);
      rest = rest.slice(name.length);
    }
  }
  return elements;
}

/** Writes a path so that parsePropertyPath reads it back, except for a name that is empty or ends in a backslash: these have no form. */
export function formatPropertyPath(path: PropertyPath): string {
  return path
    .map((element, i) => {
      if (typeof element === "number") return `[${element}]`;
      if (!/^[A-Za-z0-9_]*$/.test(element)) return `["${element.replaceAll('"', '\\"')}"]`;
      return i === 0 ? element : `.${element}`;
    })
    .join("");
}

/** Whether `other` lies at or below `path`, where `"*"` in `path` stands for any element. */
export function pathContains(path: PropertyPath, other: PropertyPath): boolean {
  return path.length <= other.length && path.every((element, i) => element === "*" || element === other[i]);
}

/** The value at the path; undefined where there is none. */
export function getAtPath(value: PropertyValue | undefined, path: PropertyPath): PropertyValue | undefined {
  let current = value;
  for (const element of path) {
    if (Array.isArray(current)) current = typeof element === "number" ? current[element] : undefined;
    else if (isMap(current)) current = typeof element === "string" ? current[element] : undefined;
    else return undefined;
  }
  return current;
}

/**
 * Sets what the path reaches in `news` back to what `olds` has there, in place. False where that is impossible: an
 * element of the path was added or removed.
 */
export function resetAtPath(path: PropertyPath, olds: PropertyValue, news: PropertyValue): boolean {
  return reset(path, olds, news, false, false);
}

function reset(
  path: PropertyPath,
  oldValue: PropertyValue | undefined,
  newValue: PropertyValue | undefined,
  oldSecret: boolean,
  newSecret: boolean,
): boolean {
  const hideOld = oldSecret || isSecret(oldValue);
  const hideNew = newSecret || isSecret(newValue);
  const olds = oldValue === undefined ? undefined : secretElement(oldValue);
  const news = newValue === undefined ? undefined : secretElement(newValue);
  const kept = (value: PropertyValue): PropertyValue => (hideOld && !hideNew ? makeSecret(value) : value);
  const [key, ...rest] = path;
  if (key === undefined) return false;
  const deeper = (a: PropertyValue | undefined, b: PropertyValue | undefined): boolean =>
    reset(rest, a, b, hideOld, hideNew);

  if (typeof key === "number") {
    if (key < 0) return false;
    if (!Array.isArray(olds) || !Array.isArray(news)) return !Array.isArray(olds) && !Array.isArray(news);
    const inOld = key < olds.length;
    const inNew = key < news.length;
    if (rest.length > 0) return inOld && inNew && deeper(olds[key], news[key]);
    if (!inOld || !inNew) return !inOld && !inNew;
    news[key] = kept(olds[key]!);
    return true;
  }
  if (key === "*") return resetEach(rest, olds, news, kept, deeper);
  if (rest.length > 0) {
    if (!isMap(olds) || !isMap(news)) return !isMap(olds) && !isMap(news);
    const inOld = key in olds;
    if (inOld && !(key in news)) return false;
    if (!inOld && !(key in news)) return true;
    return deeper(olds[key], news[key]);
  }
  if (isMap(olds) && key in olds) {
    if (!isMap(news)) return false;
    news[key] = kept(olds[key]!);
  } else if (isMap(news)) {
    delete news[key];
  }
  return true;
}

function resetEach(
  rest: PropertyPath,
  olds: PropertyValue | undefined,
  news: PropertyValue | undefined,
  kept: (value: PropertyValue) => PropertyValue,
  deeper: (a: PropertyValue | undefined, b: PropertyValue | undefined) => boolean,
): boolean {
  if (rest.length === 0) {
    if (isMap(news)) {
      if (isMap(olds)) {
        for (const key of Object.keys(olds)) news[key] = kept(olds[key]!);
        for (const key of Object.keys(news)) if (!(key in olds)) delete news[key];
      }
      return true;
    }
    if (!Array.isArray(news)) return false;
    if (!Array.isArray(olds)) return true;
    for (let i = 0; i < Math.min(olds.length, news.length); i++) news[i] = kept(olds[i]!);
    return olds.length === news.length;
  }
  if (isMap(olds) && isMap(news)) {
    return Object.keys(olds).every((key) => key in news && deeper(olds[key], news[key]));
  }
  if (!Array.isArray(olds) || !Array.isArray(news)) return false;
  for (let i = 0; i < Math.min(olds.length, news.length); i++) if (!deeper(olds[i], news[i])) return false;
  return olds.length === news.length;
}

/** A deep copy of the properties, safe to be changed in place. */
export function copyProperties(properties: PropertyMap): PropertyMap {
  return structuredClone(properties);
}
