/** A time as people read it: milliseconds below one second, then seconds, then minutes. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1) return "0 ms";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A step for the marks of an axis: 1, 2 or 5 times a power of ten, of which about `marks` make up the whole. */
export function axisStep(whole: number, marks: number): number {
  const wanted = Math.max(whole, 1) / marks;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= wanted) ?? 10 * power;
}
