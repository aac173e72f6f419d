import type { ResourceChange } from "./operation-tree";
import { CHANGE_WORDS } from "./change-words";
import type { PageResource } from "./page-data";
import { shortType } from "./render-tree";

/** The languages in which a graph is printed. */
export const GRAPH_FORMATS = ["mermaid", "dot"] as const;

/** The languages in which a graph is printed. */
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

const COLOURS: Readonly<Record<ResourceChange, string>> = {
  create: "#17702f",
  update: "#8a5a00",
  replace: "#7a3fd1",
  delete: "#b81d28",
  discard: "#b81d28",
  import: "#0d6d78",
  read: "#0d6d78",
  refresh: "#0d6d78",
  same: "#7b8594",
};

/** A resource with what lies in it. */
interface Tree {
  readonly place: number;
  readonly resource: PageResource;
  readonly children: Tree[];
}

/**
 * The resources as a graph in the language of a drawing program: what has children as a group, an arrow from a resource to
 * what needs it, the sign of its change before its name. Names are written so that they are nothing but names there.
 * @see https://mermaid.js.org/syntax/flowchart.html and https://graphviz.org/doc/info/lang.html
 */
export function renderGraph(resources: readonly PageResource[], format: GraphFormat): string {
  const language = format === "mermaid" ? MERMAID : DOT;
  const lines = [...language.begin];
  const draw = ({ place, resource, children }: Tree, indent: string) => {
    if (children.length === 0) return void lines.push(`${indent}${language.node(place, resource)}`);
    const [open, close] = language.group(place, resource);
    lines.push(...open.map((line) => `${indent}${line}`));
    for (const child of children) draw(child, `${indent}  `);
    lines.push(`${indent}${close}`);
  };
  for (const tree of treesOf(resources)) draw(tree, "  ");
  const groups = new Set(resources.flatMap(({ parent }) => parent ?? []));
  for (const [place, { dependsOn }] of resources.entries()) {
    for (const other of dependsOn) {
      if (isWithin(resources, place, other) || isWithin(resources, other, place)) continue;
      lines.push(`  ${language.arrow([other, groups.has(other)], [place, groups.has(place)])}`);
    }
  }
  return [...lines, ...language.end(resources), ""].join("\n");
}

interface Language {
  readonly begin: readonly string[];
  readonly node: (place: number, resource: PageResource) => string;
  readonly group: (place: number, resource: PageResource) => readonly [readonly string[], string];
  /** From and to, each with whether it is a group. */
  readonly arrow: (from: readonly [number, boolean], to: readonly [number, boolean]) => string;
  readonly end: (resources: readonly PageResource[]) => readonly string[];
}

const MERMAID: Language = {
  begin: ["flowchart LR"],
  node: (place, resource) => `n${place}["${mermaidText(resource)}"]:::${resource.change}`,
  group: (place, resource) => [[`subgraph n${place}["${mermaidText(resource)}"]`], "end"],
  arrow: ([from], [to]) => `n${from} --> n${to}`,
  end: (resources) =>
    [...new Set(resources.map(({ change }) => change))].map(
      (change) => `  classDef ${change} stroke:${COLOURS[change]},stroke-width:2px`,
    ),
};

const DOT: Language = {
  begin: ["digraph {", "  rankdir=LR", "  compound=true", '  node [shape=box, style=rounded, fontname="sans-serif"]'],
  node: (place, resource) => `n${place} [label=${dotText(resource)}, color="${COLOURS[resource.change]}"]`,
  // An edge leads to a node and is cut at the frame: each group has one that is not seen.
  group: (place, resource) => [
    [
      `subgraph cluster_${place} {`,
      `  label=${dotText(resource)}`,
      `  color="${COLOURS[resource.change]}"`,
      `  n${place} [style=invis, shape=point, label=""]`,
    ],
    "}",
  ],
  arrow: ([from, isGroup], [to, intoGroup]) => {
    const ends = [...(isGroup ? [`ltail=cluster_${from}`] : []), ...(intoGroup ? [`lhead=cluster_${to}`] : [])];
    return `n${from} -> n${to}${ends.length > 0 ? ` [${ends.join(", ")}]` : ""}`;
  },
  end: () => ["}"],
};

function lines({ name, type, change }: PageResource): readonly string[] {
  const sign = CHANGE_WORDS[change].sign.trim();
  return [`${sign} ${name}`.trim(), shortType(type)];
}

/** In a text of Mermaid a character is nothing but itself when it is written by its number. */
function mermaidText(resource: PageResource): string {
  const plain = lines(resource).map((line) =>
    line.toWellFormed().replace(/[^\p{L}\p{N} .:/_+~±=↻-]/gu, (sign) => `#${sign.codePointAt(0)};`),
  );
  return plain.join("<br>");
}

function dotText(resource: PageResource): string {
  const plain = lines(resource).map((line) =>
    line
      .toWellFormed()
      .replace(/\p{Cc}/gu, " ")
      .replace(/[\\"]/g, "\\$&"),
  );
  return `"${plain.join("\\n")}"`;
}

/** The resources below their parents; the stack is left out, since everything is in it. */
function treesOf(resources: readonly PageResource[]): Tree[] {
  const trees = resources.map((resource, place): Tree => ({ place, resource, children: [] }));
  const roots: Tree[] = [];
  for (const tree of trees) {
    const { parent, type } = tree.resource;
    if (type === "pulumi:pulumi:Stack") continue;
    const above = parent === undefined || isWithin(resources, parent, tree.place) ? undefined : trees[parent];
    (above && above.resource.type !== "pulumi:pulumi:Stack" ? above.children : roots).push(tree);
  }
  return roots;
}

/** Whether a resource lies in another; a circle of parents ends where it began. */
function isWithin(resources: readonly PageResource[], place: number, outer: number): boolean {
  const seen = new Set<number>();
  for (let at: number | undefined = place; at !== undefined && !seen.has(at); at = resources[at]?.parent) {
    if (at === outer) return true;
    seen.add(at);
  }
  return false;
}
