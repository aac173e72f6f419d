let last = 0n;

/** Nanoseconds of Unix time, greater at each call: the names of history files and backups, and thereby their order. */
export function nanoseconds(): bigint {
  const now = BigInt(Date.now()) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n);
  last = now > last ? now : last + 1n;
  return last;
}
