import { AutomationError } from "../errors";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Longest time that a step is held, in milliseconds. */
const LONGEST_HOLD = 24 * 3_600_000;

/**
 * Reads the shares that a new slot gets one after the other, as in `10,50,100`: whole percents that rise and end with
 * 100. Throws a usage error for anything else.
 */
export function parseSteps(text: string): number[] {
  const steps = text.split(",").map((part) => (/^\s*\d{1,3}\s*$/.test(part) ? Number(part) : NaN));
  const rises = steps.every((step, i) => step > (steps[i - 1] ?? 0));
  if (rises && steps.at(-1) === 100) return steps;
  throw new AutomationError("usage", `--steps takes rising percents that end with 100, got "${text}"`, {
    hint: "for example --steps 10,50,100, or leave it out to swap at once",
  });
}

/** Reads a length of time as in `500ms`, `30s`, `5m` or `1h`, in milliseconds. Throws a usage error for anything else. */
export function parseDuration(option: string, text: string): number {
  const [, amount, unit = "s"] = /^(\d{1,6})(ms|s|m|h)?$/.exec(text.trim()) ?? [];
  const milliseconds = Number(amount) * (UNITS[unit] ?? NaN);
  if (milliseconds >= 0 && milliseconds <= LONGEST_HOLD) return milliseconds;
  throw new AutomationError("usage", `--${option} takes a time of at most 24h such as 30s or 5m, got "${text}"`, {
    hint: "write a number and ms, s, m or h",
  });
}
