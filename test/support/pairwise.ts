/** Rows that have each pair of values of any two columns in one of them: a greedy choice among `rows`. */
export function pairwise<Row extends Readonly<Record<string, unknown>>>(rows: readonly Row[]): Row[] {
  const pairsOf = (row: Row) => {
    const cells = Object.entries(row).map(([key, value]) => `${key}=${String(value)}`);
    return cells.flatMap((a, i) => cells.slice(i + 1).map((b) => `${a},${b}`));
  };
  const open = new Set(rows.flatMap(pairsOf));
  const chosen: Row[] = [];
  while (open.size > 0) {
    const gain = (row: Row) => pairsOf(row).filter((pair) => open.has(pair)).length;
    const best = rows.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    chosen.push(best);
    for (const pair of pairsOf(best)) open.delete(pair);
  }
  return chosen;
}
