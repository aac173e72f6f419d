import { z } from "zod";
import type { PageData, PageFact, PageMood, PageReleasePoint } from "./page-data";
import { fact, timeText } from "./page-of-report";

const figure = z.union([z.number(), z.string()]);

const point = z.looseObject({
  /** ISO 8601. */
  at: z.iso.datetime({ offset: true }),
  /** Percent of the requests by slot. */
  traffic: z.record(z.string(), z.number()),
  /** What was measured, by slot: requests, errors, latency; one figure or several by name. */
  perSlot: z
    .record(z.string(), z.union([figure, z.record(z.string(), z.union([figure, z.null(), z.boolean()]))]))
    .optional(),
});

/** What is read of the record of a release; what else it says is told as it is, where that is a short text. */
export const releaseRecordSchema = z.looseObject({ timeline: z.array(point) });

/** The record of a release, as far as it is read. */
export type ReleaseRecord = z.infer<typeof releaseRecordSchema>;

/** Fields that name how a release ended, in the order in which one is looked for. */
const OUTCOMES = ["outcome", "result", "state", "status", "phase", "kind"] as const;

const MOODS: Readonly<Record<string, PageMood>> = {
  released: "good",
  succeeded: "good",
  done: "good",
  completed: "good",
  promoted: "good",
  returned: "attention",
  "rolled back": "attention",
  stopped: "attention",
  "rolled-back": "attention",
  aborted: "attention",
  failed: "bad",
  refused: "bad",
};

/** The page of the release of a model. */
export function pageOfRelease(record: ReleaseRecord): PageData {
  const points = record.timeline
    .map(({ at, traffic, perSlot = {} }): PageReleasePoint => ({ at, traffic, figures: figuresOf(perSlot) }))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const slots = [
    ...new Set(points.flatMap(({ traffic, figures }) => [...Object.keys(traffic), ...Object.keys(figures)])),
  ];
  const outcome = firstText(record, OUTCOMES);
  const subject = firstText(record, ["model", "endpoint"]);
  const title = `Release${subject === undefined ? "" : ` of ${subject}`}${outcome === undefined ? "" : `: ${outcome}`}`;
  return {
    title,
    verdict: { word: outcome ?? "release", mood: MOODS[outcome ?? ""] ?? "neutral" },
    facts: [...plainFacts(record), ...spanOf(points)],
    stacks: [],
    release: { points, slots },
  };
}

function figuresOf(perSlot: NonNullable<ReleaseRecord["timeline"][number]["perSlot"]>): PageReleasePoint["figures"] {
  const named = Object.entries(perSlot).map(([slot, figures]) => {
    const all = typeof figures === "object" ? figures : { value: figures };
    const told = Object.entries(all).filter(([, value]) => value !== null);
    return [
      slot,
      Object.fromEntries(told.map(([name, value]) => [name, typeof value === "boolean" ? String(value) : value])),
    ];
  });
  return Object.fromEntries(named) as PageReleasePoint["figures"];
}

function firstText(record: ReleaseRecord, names: readonly string[]): string | undefined {
  return names.map((name) => record[name]).find((value) => typeof value === "string");
}

/** Short texts and numbers of the record itself. */
function plainFacts(record: ReleaseRecord): PageFact[] {
  return Object.entries(record).flatMap(([name, value]) => {
    const short = typeof value === "number" || (typeof value === "string" && value.length <= 200);
    return short ? [fact(name, String(value))] : [];
  });
}

function spanOf(points: readonly PageReleasePoint[]): PageFact[] {
  const [first, last] = [points[0], points.at(-1)];
  return first && last ? [fact("from", timeText(first.at)), fact("to", timeText(last.at))] : [];
}
