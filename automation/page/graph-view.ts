import type { PageResource } from "../report/page-data";
import { drawArc, drawLink } from "./draw-links";
import { drawNode, type NodeLook } from "./draw-node";
import { el, fill, svg } from "./dom";
import { graphKeys } from "./graph-keys";
import { layoutGraph, type PlacedNode } from "./layout-graph";
import { allGroups, isGroup, openAtFirst } from "./open-groups";
import { isFound, passes, type PageState, type PageStore } from "./page-state";
import { panZoom } from "./pan-zoom";
import { ancestors, resourceGraph, type GraphNode, type ResourceGraph } from "./resource-graph";

/** With more nodes than this nobody finds anything, and drawing takes long. */
const MOST_DRAWN = 1500;

/** The graph of a stack, which can be moved, scaled, opened, searched and gone through by keys. */
export class GraphView {
  readonly element: HTMLElement;
  private readonly frame = svg("svg", {
    class: "graph",
    attrs: { role: "group", "aria-label": "Resources as a graph; an arrow leads from a resource to what needs it" },
  });
  private readonly content = svg("g", {});
  private readonly arcs = svg("g", { class: "arcs" });
  private readonly empty = el("p", { class: "empty", attrs: { hidden: true } });
  private readonly camera = panZoom(this.frame, this.content, detailsWidth);
  private graph: ResourceGraph | undefined;
  private root: PlacedNode | undefined;
  private open = new Set<string>();
  private readonly drawn = new Map<string, { readonly placed: PlacedNode; readonly element: SVGGElement }>();
  private fitted = false;

  constructor(private readonly store: PageStore) {
    this.frame.append(arrows(), this.content);
    this.element = el("div", { class: "graph-panel" }, this.frame, this.empty, this.controls());
    graphKeys(this.frame, {
      placed: () => [...this.drawn.values()],
      toggle: (node) => this.toggle(node),
      choose: (node) => this.choose(node),
      zoom: (factor) => this.camera.zoom(factor),
      fit: () => this.fit(),
      follow: (placed) => this.camera.follow(headOf(placed)),
    });
    store.follow((state, before) => {
      const filtered = state.stack !== before.stack || state.changes !== before.changes || state.kinds !== before.kinds;
      if (filtered || !this.graph) this.rebuild(state);
      else if (state.selected !== before.selected || state.query !== before.query) this.mark(state);
    });
  }

  /** Is called when the graph becomes visible, since nothing has a size before. */
  shown(): void {
    if (!this.fitted) this.fit();
  }

  /** Opens what a resource is in, and moves there. */
  reveal(place: number): void {
    const node = this.graph?.nodes.get(place);
    if (!node) return;
    const closed = ancestors(node).filter(({ id }) => !this.open.has(id));
    for (const { id } of closed) this.open.add(id);
    if (closed.length > 0) this.draw();
    const found = this.drawn.get(node.id);
    if (found) this.camera.reveal(headOf(found.placed));
  }

  private rebuild(state: PageState): void {
    const resources = this.resources();
    this.graph = resourceGraph(resources, (place) => passes(state, resources[place] as PageResource));
    this.open = openAtFirst(this.graph.root);
    const nothing = this.graph.nodes.size === 0;
    this.empty.hidden = !nothing;
    this.empty.textContent =
      resources.length > 0 ? "No resource passes the filters." : "No resource is told of: there is nothing to draw.";
    this.draw();
    this.fit();
  }

  private draw(): void {
    if (!this.graph) return;
    const { root } = this.graph;
    this.root = layoutGraph(root, (node) => this.open.has(node.id));
    const links = svg("g", { class: "links" });
    const frames = svg("g", {});
    const boxes = svg("g", {});
    this.drawn.clear();
    const pending: PlacedNode[] = [this.root];
    for (let placed = pending.shift(); placed !== undefined; placed = pending.shift()) {
      if (placed !== this.root) {
        const element = drawNode(placed, this.look(placed.node));
        this.drawn.set(placed.node.id, { placed, element });
        (placed.open ? frames : boxes).append(element);
      }
      links.append(...placed.links.map(drawLink));
      pending.push(...placed.children);
    }
    fill(this.content, frames, links, this.arcs, boxes);
    this.drawn.values().next().value?.element.setAttribute("tabindex", "0");
    this.mark(this.store.state);
  }

  /** Shows what is selected with all that it needs and that needs it, and what is searched for. */
  private mark({ selected, query }: PageState): void {
    const resources = this.resources();
    const ends = selected === undefined ? [] : this.arcsOf(selected);
    const related = new Set(ends.flatMap(({ from, to }) => [from.node.id, to.node.id]));
    fill(this.arcs, ...ends.map(({ from, to, kind }) => drawArc(from, to, kind)));
    const found = new Set<string>();
    if (query !== "") {
      for (const [place, node] of this.graph?.nodes ?? []) {
        if (!isFound(query, resources[place] as PageResource)) continue;
        for (const one of [node, ...ancestors(node)]) found.add(one.id);
      }
    }
    for (const [id, { placed, element }] of this.drawn) {
      element.classList.toggle("selected", selected !== undefined && placed.node.resource === selected);
      element.classList.toggle("related", related.has(id));
      element.classList.toggle("dim", query !== "" && !found.has(id));
    }
    this.frame.classList.toggle("has-selection", ends.length > 0);
  }

  private arcsOf(selected: number): { from: PlacedNode; to: PlacedNode; kind: "needs" | "needed" }[] {
    const resources = this.resources();
    const own = this.seen(selected);
    if (!own) return [];
    const needs = (resources[selected]?.dependsOn ?? []).map((place) => [this.seen(place), own, "needs"] as const);
    const needed = resources.flatMap(({ dependsOn }, place) =>
      dependsOn.includes(selected) ? [[own, this.seen(place), "needed"] as const] : [],
    );
    const known = new Set<string>();
    return [...needs, ...needed].flatMap(([from, to, kind]) => {
      if (!from || !to || from === to) return [];
      const key = `${from.node.id} ${to.node.id}`;
      if (known.has(key) || ancestors(from.node).includes(to.node) || ancestors(to.node).includes(from.node)) return [];
      known.add(key);
      return [{ from, to, kind }];
    });
  }

  /** The node in which a resource is seen: its own, or the closed group around it. */
  private seen(place: number): PlacedNode | undefined {
    const node = this.graph?.nodes.get(place);
    if (!node) return undefined;
    return [node, ...ancestors(node)]
      .map(({ id }) => this.drawn.get(id)?.placed)
      .find((placed) => placed !== undefined);
  }

  private look({ resource, counts }: GraphNode): NodeLook {
    const told = resource === undefined ? undefined : this.resources()[resource];
    const only = Object.keys(counts);
    const common = only.length === 1 ? (only[0] as NodeLook["change"]) : "same";
    return {
      tense: this.store.stack?.tense ?? "done",
      change: told?.change ?? common,
      failed: told?.status === "failed" || (told?.status === "running" && this.store.stack?.tense === "done"),
    };
  }

  private toggle(node: GraphNode): void {
    if (!isGroup(node)) return;
    const before = this.drawn.get(node.id)?.placed;
    if (!this.open.delete(node.id)) this.open.add(node.id);
    this.draw();
    const after = this.drawn.get(node.id);
    if (before && after) this.camera.keep(before, after.placed);
    after?.element.focus({ preventScroll: true });
  }

  private choose(node: GraphNode): void {
    if (node.resource === undefined) this.toggle(node);
    else this.store.update({ selected: this.store.state.selected === node.resource ? undefined : node.resource });
  }

  private fit(): void {
    if (!this.root || this.frame.getBoundingClientRect().width === 0) return;
    this.fitted = true;
    this.camera.fit(this.root);
  }

  private openAll(): void {
    if (!this.graph) return;
    const all = allGroups(this.graph.root);
    const { size } = this.graph.nodes;
    this.open = size <= MOST_DRAWN ? all : openAtFirst(this.graph.root, MOST_DRAWN);
    this.draw();
    this.fit();
  }

  private controls(): HTMLElement {
    const button = (label: string, text: string, act: () => void) =>
      el("button", { text, attrs: { type: "button", title: label, "aria-label": label }, on: { click: act } });
    return el(
      "div",
      { class: "controls", attrs: { role: "toolbar", "aria-label": "Graph" } },
      button("Zoom in", "+", () => this.camera.zoom(1.3)),
      button("Zoom out", "−", () => this.camera.zoom(1 / 1.3)),
      button("Show everything", "Fit", () => this.fit()),
      button("Open all groups", "Open all", () => this.openAll()),
      button("Close all groups", "Close all", () => {
        this.open.clear();
        this.draw();
        this.fit();
      }),
    );
  }

  private resources(): readonly PageResource[] {
    return this.store.stack?.resources ?? [];
  }
}

/** The details of a resource lie over the graph. */
function detailsWidth(): number {
  return document.querySelector<HTMLElement>(".details:not([hidden])")?.offsetWidth ?? 0;
}

/** Of an open group, what names it. */
function headOf(placed: PlacedNode): Pick<PlacedNode, "x" | "y" | "width" | "height"> {
  return placed.open ? { x: placed.x, y: placed.y, width: Math.min(placed.width, 200), height: 40 } : placed;
}

function arrows(): SVGDefsElement {
  const head = (id: string) =>
    svg(
      "marker",
      {
        attrs: {
          id,
          viewBox: "0 0 8 8",
          refX: 7,
          refY: 4,
          markerWidth: 7,
          markerHeight: 7,
          orient: "auto-start-reverse",
        },
      },
      svg("path", { attrs: { d: "M0 0.8 7.4 4 0 7.2z" } }),
    );
  return svg("defs", {}, head("arrow"), head("arrow-needs"), head("arrow-needed"));
}
