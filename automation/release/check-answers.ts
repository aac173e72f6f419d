import type { ScoringAnswer } from "../ports/online-endpoints";
import type { Expectation } from "./expectation";

/** What is shown of a value at most, in characters. */
const SHOWN = 80;

/** What the answers to one request have other than expected; empty where they are as they have to be. */
export function checkAnswers(answers: readonly ScoringAnswer[], expected: Expectation, slot: string): string[] {
  const faults = answers.flatMap((answer) => answerFaults(answer, expected, slot));
  return [...new Set(faults), ...latencyFault(answers, expected)];
}

/** The value below which a share of values lies, by the nearest rank. */
export function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

function answerFaults(answer: ScoringAnswer, { status, equals, tolerance, fits }: Expectation, slot: string): string[] {
  if (answer.slot !== undefined && answer.slot !== slot) return [`${answer.slot} answered in the place of ${slot}`];
  if (answer.status !== status) return [`status is ${answer.status}, expected is ${status}: ${shown(answer.body)}`];
  if (equals === undefined && !fits) return [];
  let body: unknown;
  try {
    body = JSON.parse(answer.body);
  } catch {
    return [`the answer is not JSON: ${shown(answer.body)}`];
  }
  const different = equals === undefined ? undefined : difference(body, equals, tolerance, "$");
  const faults = different === undefined ? [] : [different];
  if (fits && !fits(body)) {
    faults.push(...(fits.errors ?? []).map(({ instancePath, message }) => `$${instancePath}: ${message}`));
  }
  return faults;
}

/** The first difference between two values of JSON, with its path. */
function difference(
  got: unknown,
  expected: unknown,
  tolerance: Expectation["tolerance"],
  path: string,
): string | undefined {
  if (typeof got === "number" && typeof expected === "number") {
    const { absolute = 0, relative = 0 } = tolerance ?? {};
    const allowed = Math.max(absolute, relative * Math.abs(expected));
    // The subtraction itself is off by the last digits: 20 - 19.9 is more than 0.1.
    const rounding = allowed > 0 ? 4 * Number.EPSILON * Math.max(Math.abs(got), Math.abs(expected)) : 0;
    if (Math.abs(got - expected) <= allowed + rounding) return undefined;
    return `${path} is ${got}, expected is ${expected}${allowed > 0 ? ` give or take ${allowed}` : ""}`;
  }
  if (Array.isArray(got) && Array.isArray(expected)) {
    if (got.length !== expected.length) return `${path} has ${got.length} items, expected are ${expected.length}`;
    return first(expected, (item, i) => difference(got[i], item, tolerance, `${path}[${i}]`));
  }
  if (isObject(got) && isObject(expected)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(got)])];
    return first(keys, (key) => {
      if (!Object.hasOwn(got, key)) return `${path}.${key} is missing`;
      if (!Object.hasOwn(expected, key)) return `${path}.${key} is not expected`;
      return difference(got[key], expected[key], tolerance, `${path}.${key}`);
    });
  }
  if (got === expected) return undefined;
  return `${path} is ${shown(JSON.stringify(got))}, expected is ${shown(JSON.stringify(expected))}`;
}

function latencyFault(answers: readonly ScoringAnswer[], { latency }: Expectation): string[] {
  if (!latency) return [];
  const took = percentile(
    answers.map(({ durationMs }) => durationMs),
    latency.percentile,
  );
  if (took === undefined || took <= latency.atMostMs) return [];
  const rank = `percentile ${latency.percentile} of ${answers.length} answers`;
  return [`${rank} took ${Math.round(took)} ms, at most ${latency.atMostMs} ms are expected`];
}

function first<T>(items: readonly T[], find: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(text: string | undefined): string {
  const line = (text ?? "nothing").replace(/\s+/g, " ");
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
