import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Difference, stepDifferences, type StepResult } from "./differences";

/** A scenario that has been replayed, and where it went another way than recorded. */
export interface ReplayedScenario {
  readonly name: string;
  readonly differences: readonly Difference[];
}

/** What is used of the kit's `replay.ts`, which is a module of its own world: ESM, and compiled by tsx alone. */
interface Kit {
  loadScenarios(directory: string): Promise<{ name: string }[]>;
  replayAll(
    names: string[],
    options: { target: string; scenarios: string; timeoutMs: number },
    jobs: number,
    done: (name: string, result: { steps: StepResult[] } | Error) => void,
  ): Promise<void>;
}

/** When a step counts as hanging, in milliseconds: far longer than the slowest takes on a loaded machine. */
const STEP_TIMEOUT_MS = 300_000;

const KIT = join(__dirname, "kit");

/**
 * Replays every scenario of a folder in the kit's format (`scenarios.ts` beside `golden/`) on the embedded engine.
 * Without a folder, the kit's own. A scenario that has no recording, and a recording that has no scenario, counts as one
 * that differs.
 */
export async function replayFolder(
  folder: string = KIT,
  report: (scenario: ReplayedScenario) => void = () => undefined,
): Promise<ReplayedScenario[]> {
  const directory = resolve(folder);
  const kit = (await import(pathToFileURL(join(KIT, "replay.ts")).href)) as Kit;
  const names = (await kit.loadScenarios(directory)).map(({ name }) => name);
  const replayed: Promise<ReplayedScenario>[] = [];
  const target = join(__dirname, "embedded-target.ts");
  const options = { target, scenarios: directory, timeoutMs: STEP_TIMEOUT_MS };
  await kit.replayAll(names, options, 2, (name, result) => {
    const compared = compare(directory, name, result);
    replayed.push(compared);
    void compared.then(report, () => undefined);
  });
  for (const name of await recordings(directory)) {
    if (names.includes(name)) continue;
    const orphan = { name, differences: [{ at: "scenario", expected: name }] };
    replayed.push(Promise.resolve(orphan));
    report(orphan);
  }
  return Promise.all(replayed);
}

async function recordings(directory: string): Promise<string[]> {
  const files = await readdir(join(directory, "golden")).catch(() => []);
  return files
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

async function compare(
  directory: string,
  name: string,
  result: { steps: StepResult[] } | Error,
): Promise<ReplayedScenario> {
  if (result instanceof Error) return { name, differences: [{ at: "replay", actual: result.message }] };
  const golden = join(directory, "golden", `${name}.json`);
  const text = await readFile(golden, "utf8").catch(() => undefined);
  if (text === undefined) return { name, differences: [{ at: "recording", expected: `golden/${name}.json` }] };
  const { steps } = JSON.parse(text) as { steps: StepResult[] };
  // Through JSON, as the recording went: what is undefined is absent.
  const actual = JSON.parse(JSON.stringify(result.steps)) as StepResult[];
  return { name, differences: stepDifferences(steps, actual) };
}
