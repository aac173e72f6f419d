import type { PropertyChange } from "../bundle/change";
import type { Tense } from "./change-words";
import type { ResourceChange } from "./operation-tree";
import type { PolicyViolation, StackReport } from "./pipeline-report";

/** Names of the elements that a page's script finds. */
export const PAGE_IDS = { data: "trunkline-data", app: "app" } as const;

/**
 * What a report page shows, as it lies in the page. Resources are named by their place in their stack's list: five thousand
 * of them have two URNs each otherwise, and more.
 */
export interface PageData {
  /** In one line: what ran, where, and how it ended. */
  readonly title: string;
  readonly verdict: PageVerdict;
  /** What the run is about, with words for it: branch, commit, who caused it. */
  readonly facts: readonly PageFact[];
  readonly stacks: readonly PageStack[];
  readonly release?: PageRelease;
  /** Why the run as a whole failed. */
  readonly fault?: string;
}

/** How good or bad a run ended: decides colour and sign of its word. */
export type PageMood = "good" | "neutral" | "attention" | "bad";

/** How a run or a stack ended, in a word or two. */
export interface PageVerdict {
  readonly word: string;
  readonly mood: PageMood;
}

/** Something that is told of a run. */
export interface PageFact {
  readonly label: string;
  readonly value: string;
}

/** What a page shows of one stack. */
export interface PageStack {
  readonly project: string;
  readonly environment: string;
  readonly verdict: PageVerdict;
  /** Whether changes are planned, made, or found by a comparison with the cloud. */
  readonly tense: Tense;
  readonly detail?: string;
  /** Why it is part of the run. */
  readonly reasons: readonly string[];
  readonly facts: readonly PageFact[];
  readonly counts: Readonly<Partial<Record<ResourceChange, number>>>;
  readonly gate?: StackReport["gate"];
  readonly policies: readonly PolicyViolation[];
  readonly messages: StackReport["messages"];
  readonly resources: readonly PageResource[];
}

/** What a page shows of one resource. */
export interface PageResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Place of its parent; absent where it has none. */
  readonly parent?: number;
  /** Places of those that it depends on. */
  readonly dependsOn: readonly number[];
  readonly change: ResourceChange;
  /** Absent where no operation told of it. */
  readonly status?: "running" | "done" | "failed";
  readonly startMs?: number;
  readonly endMs?: number;
  readonly stateful?: true;
  readonly protected?: true;
  readonly properties: readonly PropertyChange[];
}

/** What a page shows of the release of a model. */
export interface PageRelease {
  /** From the first to the last, by time. */
  readonly points: readonly PageReleasePoint[];
  /** Names of the slots, in the order of their first traffic. */
  readonly slots: readonly string[];
}

/** The endpoint at one time of a release. */
export interface PageReleasePoint {
  /** ISO 8601. */
  readonly at: string;
  /** Percent of the requests by slot. */
  readonly traffic: Readonly<Record<string, number>>;
  /** Figures by slot and by what they are of: requests, errors, latency. */
  readonly figures: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
}
