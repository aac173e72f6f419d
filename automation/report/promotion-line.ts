import { SLOTS } from "../ports/online-endpoints";
import type { TimelinePoint } from "../release/release-ports";

/** Columns of the bar of traffic. */
const BAR = 20;

/** What the slots did between two looks at them, in one line: traffic as a bar, then requests, failures and time a slot. */
export function promotionLine({ at, traffic, perSlot }: TimelinePoint): string {
  const blue = Math.round(((traffic.blue ?? 0) / 100) * BAR);
  const bar = `${"B".repeat(blue)}${"G".repeat(BAR - blue)}`;
  const slots = SLOTS.flatMap((slot) => {
    const { requests = 0, errors = 0, p50Ms, p95Ms } = perSlot[slot] ?? {};
    const share = `${slot} ${String(traffic[slot] ?? 0).padStart(3)} %`;
    if (requests === 0) return [`${share}  no requests`];
    const times = p50Ms === undefined ? "" : `  ${Math.round(p50Ms)}/${Math.round(p95Ms ?? p50Ms)} ms`;
    return [`${share}  ${requests} requests  ${errors} failed${times}`];
  });
  return [at.slice(11, 19), bar, ...slots].join("  ");
}
