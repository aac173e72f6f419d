import { AutomationError } from "../errors";
import { SLOTS, type Slot, type TrafficMap } from "../ports/online-endpoints";
import { sameTraffic } from "./traffic";
import { releaseEntrySchema, type ReleaseEntry } from "./release-entry";

/** A release as its journal tells it. */
export interface ReleaseRecord {
  readonly release: string;
  /** When it began: ISO 8601, UTC. */
  readonly at: string;
  readonly slot: Slot;
  /** As `name:version`. */
  readonly model: string;
  readonly previous: TrafficMap;
  readonly deployed: boolean;
  readonly tested: boolean;
  /** Maps that requests may follow now: the last that was set, and one that was about to be set when the run died. */
  readonly maps: readonly TrafficMap[];
  /** Shares that were held as long as they had to be. */
  readonly held: readonly number[];
  /** Absent while it is under way. */
  readonly outcome?: "promoted" | "returned" | "rolled back" | "aborted";
  readonly reason?: string;
  /** Slots that were removed since. */
  readonly removed: readonly Slot[];
}

/**
 * Reads the last release of a journal; undefined where none has begun. A last line that was cut by a crash is dropped:
 * nobody went on before it was whole. Throws AutomationError for anything else that is not a journal's.
 */
export function readRelease(text: string, file: string): ReleaseRecord | undefined {
  const lines = text.split("\n");
  // What follows the last end of a line is empty, or was cut.
  lines.pop();
  return lines
    .map((line, index) => {
      const { success, data } = releaseEntrySchema.safeParse(parsed(line));
      if (!success) throw damaged(file, index + 1);
      return { entry: data, line: index + 1 };
    })
    .reduce<ReleaseRecord | undefined>((record, { entry, line }) => {
      if (entry.kind !== "begun" && !record) throw damaged(file, line);
      return afterEntry(record, entry);
    }, undefined);
}

/** What a record is after one more entry. */
export function afterEntry(record: ReleaseRecord | undefined, entry: ReleaseEntry): ReleaseRecord | undefined {
  if (entry.kind === "begun") {
    const { release, at, slot, model, previous } = entry;
    const nothing = { deployed: false, tested: false, held: [], removed: [] };
    return { release, at, slot, model, previous: complete(previous), maps: [complete(previous)], ...nothing };
  }
  if (!record) return undefined;
  switch (entry.kind) {
    case "deployed":
      return { ...record, deployed: true, removed: record.removed.filter((slot) => slot !== record.slot) };
    case "tested":
      return { ...record, tested: true };
    case "held":
      return { ...record, held: [...record.held, entry.percent] };
    case "removed":
      return { ...record, removed: [...record.removed, entry.slot] };
    case "traffic": {
      const traffic = complete(entry.traffic);
      return { ...record, maps: entry.state === "done" ? [traffic] : [...record.maps, traffic] };
    }
    case "outcome": {
      const { outcome, reason } = entry;
      return { ...record, outcome, ...(reason !== undefined && { reason }) };
    }
  }
}

/** Whether requests go where the release, or a run of it that died, has sent them. */
export function isOwnTraffic(record: ReleaseRecord, traffic: TrafficMap): boolean {
  return record.maps.some((map) => sameTraffic(map, traffic));
}

function complete(map: { readonly [slot in Slot]?: number | undefined }): TrafficMap {
  return Object.fromEntries(SLOTS.flatMap((slot) => (map[slot] ? [[slot, map[slot]]] : [])));
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function damaged(file: string, line: number): AutomationError {
  return new AutomationError("fault", `line ${line} of the journal ${file} is not one of releases`, {
    hint: "see trunkline release status, move the file away, and end the release by hand: trunkline release rollback --to SLOT",
  });
}
