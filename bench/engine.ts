import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { EngineFigures } from "./engine-run";

const SIZES = [100, 1_000, 5_000] as const;
const TARGET_RATIO = 1.5;

/** Peak memory is explained at this size, in resources. */
const EXPLAINED = 1_000;
/** V8 collects garbage only when it has to: with this much heap, in MB, it has to. */
const BOUNDED_HEAP = 250;

/** Prints the engine's time per resource and peak memory at several sizes, each in a process of its own. */
export async function benchEngine(): Promise<void> {
  const runs = SIZES.map((size) => run("engine-run.ts", size) as EngineFigures);
  const [first] = runs;
  for (const { size, previewMs, upMs, sameMs, peakMb } of runs) {
    const ratio = upMs / size / ((first?.upMs ?? NaN) / (first?.size ?? NaN));
    const each = (ms: number) => `${(ms / size).toFixed(2)} ms`;
    const met = size === SIZES.at(-1) ? `  target ${TARGET_RATIO}: ${ratio <= TARGET_RATIO ? "met" : "missed"}` : "";
    process.stdout.write(
      `${String(size).padStart(5)} resources  each: preview ${each(previewMs)}, create ${each(upMs)}, same ${each(sameMs)}` +
        `  peak ${peakMb.toFixed(0)} MB  create against ${first?.size}: ${ratio.toFixed(2)}${met}\n`,
    );
  }
  const bounded = run("engine-run.ts", EXPLAINED, [`--max-old-space-size=${BOUNDED_HEAP}`]) as EngineFigures;
  process.stdout.write(
    `peak at ${EXPLAINED}: program, SDK and engine in one process, three operations, garbage included;\n` +
      `  ${bounded.peakMb.toFixed(0)} MB with the heap held to ${BOUNDED_HEAP} MB; ` +
      `program and SDK without an engine: ${String(run("sdk-floor.ts", EXPLAINED))} MB\n`,
  );
}

function run(script: string, size: number, nodeArgs: readonly string[] = []): unknown {
  const command = [...nodeArgs, "--import", "tsx", join(__dirname, script), String(size)];
  const { status, stdout } = spawnSync(process.execPath, command, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${script} with ${size} resources failed`);
  return JSON.parse(stdout);
}
