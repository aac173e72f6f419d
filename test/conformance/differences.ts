/** A step of a scenario, normalised by the kit; its README says what each field means. */
export type StepResult = Record<string, unknown> & { step?: string; during?: StepResult[] };

/** One place in a scenario's results where replay and recording differ. */
export interface Difference {
  /** Where, such as `step 2 state.resources.4.inputs.v`. */
  readonly at: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/** How things are told rather than what happened: recorded, but not part of conformance. */
const TOLD: ReadonlySet<string> = new Set(["op", "details", "diagnostics", "display", "callArgs"]);

/** Where the steps differ in what happened. */
export function stepDifferences(expected: readonly StepResult[], actual: readonly StepResult[]): Difference[] {
  return Array.from({ length: Math.max(expected.length, actual.length) }, (_, i) => {
    const [before, after] = [expected[i], actual[i]];
    const at = `step ${before?.step ?? after?.step ?? i + 1}`;
    if (!before || !after) return [{ at, expected: before?.op, actual: after?.op }];
    const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => !TOLD.has(field));
    return fields.flatMap((field) =>
      field === "during"
        ? stepDifferences(before.during ?? [], after.during ?? [])
        : valueDifferences(before[field], after[field], `${at} ${field}`),
    );
  }).flat();
}

function valueDifferences(expected: unknown, actual: unknown, at: string): Difference[] {
  if (JSON.stringify(expected) === JSON.stringify(actual)) return [];
  if (!isTree(expected) || !isTree(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    return [{ at, expected, actual }];
  }
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
  return keys.flatMap((key) => valueDifferences(expected[key], actual[key], `${at}.${key}`));
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
