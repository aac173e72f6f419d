import type { ResourceChange } from "../report/operation-tree";
import type { PageData, PageResource, PageStack } from "../report/page-data";
import { shortKind } from "./resource-graph";

/** The parts of a page of which one is shown. */
export type PageView = "graph" | "resources" | "timeline" | "release" | "messages";

/** What is looked at. */
export interface PageState {
  /** Place of the stack. */
  readonly stack: number;
  readonly view: PageView;
  /** Place of the resource whose details are shown. */
  readonly selected: number | undefined;
  /** Only these changes are shown; all where there are none. */
  readonly changes: ReadonlySet<ResourceChange>;
  /** Only these types are shown; all where there are none. */
  readonly kinds: ReadonlySet<string>;
  /** What is searched for, in small letters. */
  readonly query: string;
}

type Listener = (state: PageState, before: PageState) => void;

/** Holds what is looked at, and tells each part of the page when it changes. */
export class PageStore {
  private readonly listeners: Listener[] = [];

  constructor(
    readonly data: PageData,
    private current: PageState,
  ) {}

  get state(): PageState {
    return this.current;
  }

  /** The stack that is looked at. */
  get stack(): PageStack | undefined {
    return this.data.stacks[this.current.stack];
  }

  update(patch: Partial<PageState>): void {
    const before = this.current;
    this.current = { ...before, ...patch };
    for (const listener of this.listeners) listener(this.current, before);
  }

  follow(listener: Listener): void {
    this.listeners.push(listener);
    listener(this.current, this.current);
  }
}

/** Whether the filters let a resource through. */
export function passes({ changes, kinds }: Pick<PageState, "changes" | "kinds">, resource: PageResource): boolean {
  return (
    (changes.size === 0 || changes.has(resource.change)) && (kinds.size === 0 || kinds.has(shortKind(resource.type)))
  );
}

/** Whether a resource has what is searched for in its name or type. */
export function isFound(query: string, { name, type, urn }: PageResource): boolean {
  return [name, type, urn].some((text) => text.toLowerCase().includes(query));
}

/** A set with the value if it was not in it, else without. */
export function toggled<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}
