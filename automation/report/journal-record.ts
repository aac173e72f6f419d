import type { ReleaseEntry } from "../release/release-entry";
import type { ReleaseRecord } from "./page-of-release";

/** The last release that a journal tells of: where its requests went, and how it ended. What slots answered is not in it. */
export function journalRecord(entries: readonly ReleaseEntry[]): ReleaseRecord {
  const last = entries.findLastIndex(({ kind }) => kind === "begun");
  const own = entries.slice(Math.max(0, last));
  const begun = own.find((entry) => entry.kind === "begun");
  const outcome = own.findLast((entry) => entry.kind === "outcome");
  const { release, slot, model, previous = {}, at = own[0]?.at ?? "", commit } = begun ?? {};
  const moved = own.flatMap((entry) =>
    entry.kind === "traffic" && entry.state === "done" ? [{ at: entry.at, traffic: shares(entry.traffic) }] : [],
  );
  const ended = outcome && moved.length > 0 ? [{ at: outcome.at, traffic: moved.at(-1)?.traffic ?? {} }] : [];
  return {
    ...(model !== undefined && { model }),
    ...(release !== undefined && { release }),
    ...(slot !== undefined && { slot }),
    ...(commit !== undefined && { commit: commit.slice(0, 12) }),
    outcome: outcome?.outcome ?? "under way",
    ...(outcome?.reason !== undefined && { reason: outcome.reason }),
    timeline: [{ at, traffic: shares(previous) }, ...moved, ...ended],
  };
}

/** A slot that is not named gets nothing. */
function shares({ blue = 0, green = 0 }: { readonly blue?: number; readonly green?: number }): Record<string, number> {
  return { blue, green };
}
