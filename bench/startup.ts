import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { cpuSeconds, median } from "./cpu-seconds";
import { root, withProjectCopy } from "./project-copy";

const RUNS = 5;

/** What the preview is measured against: loading the program's imports through tsx, without running anything. */
const BARE = [
  process.execPath,
  ...["--import", "tsx", "--eval"],
  'require("@pulumi/pulumi"); require("./components/environment"); require("./components/environment-config");',
];

/** The sections that the smallest useful environment leaves out: it keeps AWS and GitHub. */
const FURTHER_SECTIONS = ["azure", "databricks"];

/**
 * Prints CPU of whole rehearsal previews of dev, first and later ones, as ratios to merely loading the program: with the
 * parts of AWS and GitHub, for which the targets are, and with every part.
 */
export function benchStartup(): Promise<void> {
  return withProjectCopy((project) => {
    const cli = (...args: string[]) => [process.execPath, join(root, "dist/bin/trunkline.js"), ...args];
    const preview = cli("preview", "--target", "rehearsal", "--env", "dev");
    const settings = join(project, "Pulumi.dev.yaml");
    const whole = readFileSync(settings, "utf8");
    cpuSeconds(cli("--help"), project); // builds where the sources have changed
    const figures = { bare: [] as number[], help: [] as number[] };
    const small = { cold: [] as number[], warm: [] as number[] };
    const all = { cold: [] as number[], warm: [] as number[] };
    for (let run = 0; run < RUNS; run++) {
      for (const [text, { cold, warm }] of [[withoutFurtherSections(whole), small] as const, [whole, all] as const]) {
        writeFileSync(settings, text);
        for (const cache of [join(project, ".trunkline"), join(root, ".trunkline/cache")]) {
          rmSync(cache, { recursive: true, force: true });
        }
        cold.push(cpuSeconds(preview, project));
        warm.push(cpuSeconds(preview, project));
      }
      figures.bare.push(cpuSeconds(BARE, project));
      cpuSeconds(cli("--help"), project); // keeps its compiled code
      figures.help.push(cpuSeconds(cli("--help"), project));
    }
    const line = (name: string, values: readonly number[], target?: number) => {
      const ratio = median(values) / median(figures.bare);
      const met = target === undefined ? "" : `  target ${target.toFixed(1)}: ${ratio <= target ? "met" : "missed"}`;
      process.stdout.write(`${name.padEnd(34)} ${median(values).toFixed(2)} CPU-s  ratio ${ratio.toFixed(2)}${met}\n`);
    };
    line("bare load through tsx", figures.bare);
    line("preview of AWS and GitHub, warm", small.warm, 1);
    line("preview of AWS and GitHub, cold", small.cold, 2.5);
    line("preview of every part, warm", all.warm);
    line("preview of every part, cold", all.cold);
    line("help", figures.help);
    return Promise.resolve();
  });
}

function withoutFurtherSections(text: string): string {
  const document = parseDocument(text);
  for (const name of FURTHER_SECTIONS) document.deleteIn(["config", `trunkline:${name}`]);
  return document.toString();
}
