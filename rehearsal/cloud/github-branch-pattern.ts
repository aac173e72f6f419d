/** An element of a pattern for one part of a path: what a character must be. */
type Element =
  { readonly kind: "any-run" } | { readonly kind: "one"; readonly accepts: (character: string) => boolean };

/**
 * Whether GitHub lets a branch (or tag) deploy to an environment whose deployment policy has this pattern: Ruby's
 * `File.fnmatch(pattern, name, File::FNM_PATHNAME)`. So `*`, `?` and `[...]` never match a slash; `release/*` covers one
 * level; only `**` + `/` covers any number of levels, none included, and a `**` that no slash follows is but a `*`:
 * `feature/**` is `feature/*`, and `feature/**` + `/*` covers every depth. A leading dot of a part is matched by a
 * literal dot only. There is no brace expansion.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#deployment-branches-and-tags
 * @see https://docs.ruby-lang.org/en/3.4/File.html#method-c-fnmatch
 */
export function branchMatches(pattern: string, branch: string): boolean {
  return partsMatch(splitPattern(pattern), branch.split("/"));
}

function partsMatch(patterns: readonly string[], names: readonly string[]): boolean {
  const [pattern, ...rest] = patterns;
  const [name, ...below] = names;
  if (pattern === undefined) return names.length === 0;
  if (pattern === "**" && rest.length > 0) {
    if (partsMatch(rest, names)) return true;
    return name !== undefined && below.length > 0 && !name.startsWith(".") && partsMatch(patterns, below);
  }
  return name !== undefined && partMatches(pattern, name) && partsMatch(rest, below);
}

function partMatches(pattern: string, name: string): boolean {
  const elements = parsePart(pattern);
  if (elements === undefined) return false;
  const hidden = name.startsWith(".") && !pattern.startsWith(".") && !pattern.startsWith("\\.");
  return !hidden && elementsMatch(elements, [...name]);
}

function elementsMatch(elements: readonly Element[], characters: readonly string[]): boolean {
  // `reached[i]`: the elements so far can match the first i characters.
  let reached = [true, ...characters.map(() => false)];
  for (const element of elements) {
    if (element.kind === "any-run") {
      const first = reached.indexOf(true);
      reached = reached.map((_, i) => first >= 0 && i >= first);
    } else {
      reached = reached.map((_, i) => i > 0 && reached[i - 1]! && element.accepts(characters[i - 1]!));
    }
  }
  return reached.at(-1)!;
}

/** Undefined for a part with a bracket that nothing closes, which matches no name. */
function parsePart(pattern: string): readonly Element[] | undefined {
  const characters = [...pattern];
  const elements: Element[] = [];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    if (character === "*") elements.push({ kind: "any-run" });
    else if (character === "?") elements.push({ kind: "one", accepts: () => true });
    else if (character === "[") {
      const bracket = parseBracket(characters, i + 1);
      if (bracket === undefined) return undefined;
      elements.push({ kind: "one", accepts: bracket.accepts });
      i = bracket.end;
    } else {
      const literal = character === "\\" && i + 1 < characters.length ? characters[++i]! : character;
      elements.push({ kind: "one", accepts: (other) => other === literal });
    }
  }
  return elements;
}

function parseBracket(
  characters: readonly string[],
  start: number,
): { accepts: (character: string) => boolean; end: number } | undefined {
  const negated = characters[start] === "!" || characters[start] === "^";
  const ranges: [string, string][] = [];
  let i = negated ? start + 1 : start;
  const next = (): string | undefined => {
    if (characters[i] === "\\") i++;
    return characters[i++];
  };
  while (characters[i] !== "]") {
    const from = next();
    if (from === undefined) return undefined;
    if (characters[i] === "-" && characters[i + 1] !== "]") {
      i++;
      const to = next();
      if (to === undefined) return undefined;
      ranges.push([from, to]);
    } else ranges.push([from, from]);
  }
  return {
    end: i,
    accepts: (character) => ranges.some(([from, to]) => from <= character && character <= to) !== negated,
  };
}

/** Splits at the slashes that are not in brackets: a bracket may name a slash, but never matches one. */
function splitPattern(pattern: string): string[] {
  const characters = [...pattern];
  const parts = [""];
  for (let i = 0; i < characters.length; i++) {
    const bracket = characters[i] === "[" ? parseBracket(characters, i + 1) : undefined;
    if (characters[i] === "\\" && characters[i + 1] === "/") continue;
    if (characters[i] === "/") parts.push("");
    else {
      const end = bracket?.end ?? (characters[i] === "\\" ? Math.min(i + 1, characters.length - 1) : i);
      parts[parts.length - 1] += characters.slice(i, end + 1).join("");
      i = end;
    }
  }
  return parts;
}
