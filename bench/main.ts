import { benchChanges } from "./changes";
import { benchEngine } from "./engine";
import { benchPreview } from "./preview";
import { benchReportPage } from "./report-page";
import { benchScheduler } from "./scheduler";
import { benchStartup } from "./startup";

/** `npm run bench -- startup|engine|preview|scheduler|changes|report`: without a name all. */
const BENCHES = {
  startup: benchStartup,
  engine: benchEngine,
  preview: benchPreview,
  scheduler: benchScheduler,
  changes: benchChanges,
  report: benchReportPage,
} as const;

async function main(names: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    if (!(name in BENCHES)) throw new Error(`unknown bench "${name}", there are ${Object.keys(BENCHES).join(", ")}`);
    await BENCHES[name as keyof typeof BENCHES]();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
