import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { omittedModules } from "../rehearsal/program/omitted-modules";
import { cpuSeconds, median } from "./cpu-seconds";
import { root, withProjectCopy } from "./project-copy";

const RUNS = 7;
const TARGET_RATIO = 1.15;

/**
 * Prints the CPU of `trunkline preview` as a ratio to a bare preview: the same engine, cloud and program through the
 * Automation API alone, bundled as the CLI is, with its compiled code kept as the CLI keeps it.
 */
export function benchPreview(): Promise<void> {
  return withProjectCopy(async (project) => {
    const cli = (verb: string) => [
      ...[process.execPath, join(root, "dist/bin/trunkline.js"), verb],
      ...["--target", "rehearsal", "--env", "dev"],
    ];
    cpuSeconds(cli("up"), project);
    const script = await bundleBare(project);
    const passphrase = readFileSync(join(project, ".trunkline/rehearsal/passphrase"), "utf8").trim();
    const env = { ...process.env, BENCH_PASSPHRASE: passphrase };
    const bare = [process.execPath, script, project];
    for (const warm of [cli("preview"), bare]) {
      cpuSeconds(warm, project, env);
      cpuSeconds(warm, project, env);
    }
    const figures = { bare: [] as number[], whole: [] as number[] };
    for (let run = 0; run < RUNS; run++) {
      figures.bare.push(cpuSeconds(bare, project, env));
      figures.whole.push(cpuSeconds(cli("preview"), project));
    }
    const ratio = median(figures.whole) / median(figures.bare);
    process.stdout.write(
      `bare preview       ${median(figures.bare).toFixed(2)} CPU-s\n` +
        `trunkline preview  ${median(figures.whole).toFixed(2)} CPU-s  ratio ${ratio.toFixed(2)}` +
        `  target ${TARGET_RATIO}: ${ratio <= TARGET_RATIO ? "met" : "missed"}\n`,
    );
  });
}

/** The bare preview in one file, and beside it what the CLI has beside it: the code that is loaded into programs. */
async function bundleBare(project: string): Promise<string> {
  const directory = join(project, "bare");
  cpSync(join(root, "dist/cli/start-program.js"), join(directory, "start-program.js"));
  for (const [entry, outfile] of [
    ["bench/bare-preview.ts", "bare.cjs"],
    ["bench/bare-start.ts", "start.cjs"],
  ] as const) {
    await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: join(directory, outfile),
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      keepNames: true,
      supported: { "dynamic-import": false },
      external: ["esbuild", "tsx"],
      plugins: [omittedModules],
      logLevel: "warning",
    });
  }
  return join(directory, "start.cjs");
}
