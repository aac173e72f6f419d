import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { median } from "./cpu-seconds";
import type { BenchedEngine, EngineFigures, OperationFigures } from "./engine-run";

/** Whole operations are told at these sizes, in resources, and compared with the CLI where there is one. */
const WHOLE = [6, 300, 3_000] as const;
/** The time per resource at the last of these is held against that at the first. */
const SCALE = [100, 5_000] as const;
const TARGET_RATIO = 1.5;
/** Small stacks are measured so often, and the median counts; what large ones take is a mean of many resources already. */
const RUNS = 3;
const LARGE = 1_000;

/** Peak memory is explained at this size, in resources. */
const EXPLAINED = 1_000;
/** V8 collects garbage only when it has to: with this much heap, in MB, it has to. */
const BOUNDED_HEAP = 250;

/** Prints what whole previews and updates take, against the CLI where one is on PATH, time per resource and peak memory. */
export async function benchEngine(): Promise<void> {
  const withCli = spawnSync("pulumi", ["version"]).status === 0;
  for (const size of WHOLE) {
    const embedded = figuresOf(size, "embedded");
    tell("embedded", embedded);
    if (!withCli) continue;
    const cli = figuresOf(size, "cli");
    tell("pulumi", cli);
    const ratio = (operation: "preview" | "up", figure: keyof OperationFigures) =>
      (cli[operation][figure] / embedded[operation][figure]).toFixed(1);
    write(
      `      pulumi against embedded: preview ${ratio("preview", "cpuMs")} times the CPU, ${ratio("preview", "ms")} the time; ` +
        `up ${ratio("up", "cpuMs")} times the CPU, ${ratio("up", "ms")} the time\n` +
        `      without the program, the SDK and the provider: up ${ownRatio(cli.up, embedded.up)}`,
    );
  }
  if (!withCli) write("no pulumi on PATH: not compared");
  const [few, many] = SCALE.map((size) => figuresOf(size, "embedded")) as [EngineFigures, EngineFigures];
  for (const operation of ["preview", "up", "same"] as const) {
    const each = ({ size, ...figures }: EngineFigures) => figures[operation].cpuMs / size;
    const ratio = each(many) / each(few);
    const met = `target ${TARGET_RATIO}: ${ratio <= TARGET_RATIO ? "met" : "missed"}`;
    write(
      `${operation.padEnd(8)} CPU per resource: ${each(few).toFixed(2)} ms at ${few.size}, ${each(many).toFixed(2)} ms at ` +
        `${many.size}  ratio ${ratio.toFixed(2)}  ${met}`,
    );
  }
  const plain = run("engine-run.ts", [EXPLAINED]) as EngineFigures;
  const bounded = run("engine-run.ts", [EXPLAINED], [`--max-old-space-size=${BOUNDED_HEAP}`]) as EngineFigures;
  write(
    `peak at ${EXPLAINED}: program, SDK and engine in one process, three operations: ${mb(plain)}, garbage included;\n` +
      `  ${mb(bounded)} with the heap held to ${BOUNDED_HEAP} MB; ` +
      `program and SDK without an engine: ${String(run("sdk-floor.ts", [EXPLAINED]))} MB`,
  );
}

/** The median of each figure over the runs of a size, each in a process of its own. */
function figuresOf(size: number, engine: BenchedEngine): EngineFigures {
  const count = size < LARGE ? RUNS : 1;
  const runs = Array.from({ length: count }, () => run("engine-run.ts", [size, engine]) as EngineFigures);
  const operation = (name: "preview" | "up" | "same"): OperationFigures => ({
    ms: median(runs.map((figures) => figures[name].ms)),
    cpuMs: median(runs.map((figures) => figures[name].cpuMs)),
    childMs: median(runs.map((figures) => figures[name].childMs)),
  });
  return {
    size,
    preview: operation("preview"),
    up: operation("up"),
    same: operation("same"),
    peakMb: median(runs.map(({ peakMb }) => peakMb)),
  };
}

/**
 * The CPU of the engines alone. Program, SDK and provider run in the measuring process with either: what it takes beside
 * the CLI is taken off what it takes with the embedded engine in it.
 */
function ownRatio(cli: OperationFigures, embedded: OperationFigures): string {
  const rest = cli.cpuMs - cli.childMs;
  const own = embedded.cpuMs - rest;
  if (own <= 0) return `${(cli.childMs / 1000).toFixed(2)} CPU-s against less than what can be told`;
  return `${(cli.childMs / 1000).toFixed(2)} CPU-s against ${(own / 1000).toFixed(2)}, ${(cli.childMs / own).toFixed(1)} times`;
}

function tell(engine: string, figures: EngineFigures): void {
  const { size, preview, up, same } = figures;
  const told = ({ ms, cpuMs }: OperationFigures) => `${(cpuMs / 1000).toFixed(2)} CPU-s in ${(ms / 1000).toFixed(2)} s`;
  const peak = engine === "embedded" ? `  peak ${mb(figures)}` : "";
  write(
    `${String(size).padStart(5)} resources, ${engine.padEnd(8)}  preview ${told(preview)}, up ${told(up)}, same ${told(same)}${peak}`,
  );
}

const mb = ({ peakMb }: EngineFigures): string => `${peakMb.toFixed(0)} MB`;

const write = (line: string): void => void process.stdout.write(`${line}\n`);

function run(script: string, args: readonly (string | number)[], nodeArgs: readonly string[] = []): unknown {
  const command = [...nodeArgs, "--import", "tsx", join(__dirname, script), ...args.map(String)];
  const { status, stdout } = spawnSync(process.execPath, command, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${script} ${args.join(" ")} failed`);
  return JSON.parse(stdout);
}
