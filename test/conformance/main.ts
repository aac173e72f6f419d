// Replays scenarios on the embedded engine: npm run conformance [-- DIR]
// DIR holds scenarios in the kit's format, scenarios.ts beside golden/; without it, the project's own are replayed.
import { replayFolder } from "./replay-folder";

const SHOWN = 8;

const short = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
};

async function main(folder: string | undefined): Promise<void> {
  const replayed = await replayFolder(folder, ({ name, differences }) => {
    if (differences.length === 0) return;
    console.log(`${name}: ${differences.length} ${differences.length === 1 ? "difference" : "differences"}`);
    for (const { at, expected, actual } of differences.slice(0, SHOWN))
      console.log(`  ${at}: recorded ${short(expected)}, replayed ${short(actual)}`);
    if (differences.length > SHOWN) console.log(`  and ${differences.length - SHOWN} more`);
  });
  const differing = replayed.filter(({ differences }) => differences.length > 0).length;
  console.log(`${replayed.length} scenarios replayed, ${differing} differ`);
  process.exitCode = differing > 0 || replayed.length === 0 ? 1 : 0;
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
