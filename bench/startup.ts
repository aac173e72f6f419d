import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cpuSeconds, median } from "./cpu-seconds";

const root = resolve(__dirname, "..");
const RUNS = 5;

/** What the preview is measured against: loading the program's imports through tsx, without running anything. */
const BARE = [
  process.execPath,
  ...["--import", "tsx", "--eval"],
  'require("@pulumi/pulumi"); require("./components/environment"); require("./components/environment-config");',
];

/** Prints CPU of whole rehearsal previews of dev, first and later ones, as ratios to merely loading the program. */
export async function benchStartup(): Promise<void> {
  const project = realpathSync(mkdtempSync(join(tmpdir(), "trunkline-bench-")));
  try {
    for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml", "index.ts", "components", "package.json", "tsconfig.json"]) {
      cpSync(join(root, name), join(project, name), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
    const cli = (...args: string[]) => [process.execPath, join(root, "dist/bin/trunkline.js"), ...args];
    const preview = cli("preview", "--target", "rehearsal", "--env", "dev");
    cpuSeconds(cli("--help"), project); // builds where the sources have changed
    const figures = { bare: [] as number[], cold: [] as number[], warm: [] as number[], help: [] as number[] };
    for (let run = 0; run < RUNS; run++) {
      for (const cache of [join(project, ".trunkline"), join(root, ".trunkline/cache")]) {
        rmSync(cache, { recursive: true, force: true });
      }
      figures.cold.push(cpuSeconds(preview, project));
      figures.warm.push(cpuSeconds(preview, project));
      figures.bare.push(cpuSeconds(BARE, project));
      cpuSeconds(cli("--help"), project); // keeps its compiled code
      figures.help.push(cpuSeconds(cli("--help"), project));
    }
    const { bare, cold, warm, help } = figures;
    const line = (name: string, values: readonly number[], target?: number) => {
      const ratio = median(values) / median(bare);
      const met = target === undefined ? "" : `  target ${target.toFixed(1)}: ${ratio <= target ? "met" : "missed"}`;
      process.stdout.write(`${name.padEnd(34)} ${median(values).toFixed(2)} CPU-s  ratio ${ratio.toFixed(2)}${met}\n`);
    };
    line("bare load through tsx", bare);
    line("whole preview, warm", warm, 1);
    line("whole preview, cold", cold, 2.5);
    line("help", help);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}
