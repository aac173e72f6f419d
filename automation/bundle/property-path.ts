/** Where a property lies: names and indices of lists. */
export type PropertyPath = readonly (string | number)[];

/** Writes a path as the engine does: `tags.owner`, `rules[0]`, `labels["a.b"]`. */
export function formatPath(path: PropertyPath): string {
  return path
    .map((element, index) => {
      if (typeof element === "number") return `[${element}]`;
      if (!/^[A-Za-z0-9_$]+$/.test(element)) return `[${JSON.stringify(element)}]`;
      return index === 0 ? element : `.${element}`;
    })
    .join("");
}

/** Reads a path that the engine wrote. What is no path is one name. */
export function parsePath(text: string): PropertyPath {
  const path: (string | number)[] = [];
  const element = /\.?([^.[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/y;
  while (element.lastIndex < text.length) {
    const found = element.exec(text);
    if (!found) return [text];
    const [, name, index, quoted] = found;
    if (index !== undefined) path.push(Number(index));
    else if (quoted !== undefined) path.push(quoted.replace(/\\(.)/g, "$1"));
    else path.push(name ?? "");
  }
  return path;
}

/** Whether `inner` lies at or below `outer`. */
export function isBelow(outer: PropertyPath, inner: PropertyPath): boolean {
  return outer.length <= inner.length && outer.every((element, index) => element === inner[index]);
}
