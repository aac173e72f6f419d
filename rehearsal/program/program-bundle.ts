import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleInputs } from "./bundle-inputs";
import { BUNDLE_FILE, bundleProgram, type BundledProgram } from "./bundle-program";
import { changedSince, checkInputs, recordInputs, type InputRecord } from "./input-record";
import { replaceFile } from "./replace-file";
import { START_FILE, startFile } from "./start-file";

/** How often a program that is edited while it is bundled is bundled anew before it runs uncached. */
const ATTEMPTS = 3;

/** The kernel stamps a change with the time of its last tick, up to 10 ms ago. */
const KERNEL_TICK_MS = 20;

/** What a cached bundle was made from. */
interface Manifest {
  readonly bundle: string;
  readonly inputs: InputRecord;
}

/** A program ready to run: from a bundle, or only unbundled. */
export type ProgramBundle =
  | {
      readonly kind: "bundle";
      /** The file that Node runs, with the arguments of the SDK's `cmd/run`. */
      readonly startFile: string;
      readonly bundleFile: string;
      /** Whether it was made just now, and what had changed since the last time. */
      readonly made: boolean;
      readonly changed?: string;
      /** Removes a bundle that could not be kept; does nothing to one in the cache. */
      dispose(): void;
    }
  | { readonly kind: "unbundled"; readonly reason: string };

export interface ProgramBundleOptions {
  /** Where bundles are kept; where it is not writable, each run makes its own. */
  readonly cacheDir: string;
}

/**
 * The bundle of a program: the kept one when every file that it was made from has the same content and nothing would
 * resolve otherwise, else a new one.
 */
export async function programBundle(
  projectDir: string,
  mainFile: string,
  { cacheDir }: ProgramBundleOptions,
): Promise<ProgramBundle> {
  const project = realpathSync(projectDir);
  const main = realpathSync(mainFile);
  const home = join(cacheDir, "programs", keyOf(project, main));
  const kept = readManifest(home);
  const check = kept && checkInputs(kept.inputs);
  if (kept && check?.kind === "same") {
    if (check.renewed) keep(() => writeManifest(home, { ...kept, inputs: check.record }));
    return ready(join(home, kept.bundle), { made: false });
  }
  for (let attempt = 1; ; attempt++) {
    const startedAt = Date.now() - KERNEL_TICK_MS;
    const bundled = await bundleProgram(project, main);
    if (bundled.kind === "not-bundled") return { kind: "unbundled", reason: bundled.reason };
    const inputs = recordIfThere(project, bundled);
    const settled = inputs !== undefined && !changedSince(inputs, startedAt);
    if (!settled && attempt < ATTEMPTS) continue;
    const digest = createHash("sha256").update(bundled.code).digest("hex").slice(0, 16);
    const cached =
      settled &&
      keep(() => {
        writeBundle(join(home, digest), bundled);
        writeManifest(home, { bundle: digest, inputs });
        removeOthers(home, [digest, kept?.bundle]);
      });
    const changed = check?.kind === "changed" ? { changed: check.path } : {};
    return cached ? ready(join(home, digest), { made: true, ...changed }) : temporary(bundled, changed);
  }
}

/** What is not an input file of the bundle: the program's place, the tools, and this code. A change makes another entry. */
function keyOf(project: string, main: string): string {
  const manifest = readFileSync(require.resolve("esbuild/package.json"), "utf8");
  const { version: esbuild } = JSON.parse(manifest) as { version: string };
  const ownCode = readdirSync(__dirname).map((name) => {
    const { size, ctimeMs } = statSync(join(__dirname, name));
    return [name, size, ctimeMs];
  });
  const parts = [project, main, esbuild, process.version, process.arch, process.env.NODE_PATH ?? "", ownCode];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

function ready(directory: string, how: { made: boolean; changed?: string }, dispose = () => {}): ProgramBundle {
  const [start, bundle] = [join(directory, START_FILE), join(directory, BUNDLE_FILE)];
  return { kind: "bundle", startFile: start, bundleFile: bundle, ...how, dispose };
}

function temporary(bundled: BundledProgram, how: { changed?: string }): ProgramBundle {
  const directory = mkdtempSync(join(tmpdir(), "trunkline-program-"));
  writeBundle(directory, bundled);
  return ready(directory, { made: true, ...how }, () => rmSync(directory, { recursive: true, force: true }));
}

function writeBundle(directory: string, { code, sourceMap }: BundledProgram): void {
  replaceFile(join(directory, BUNDLE_FILE), code);
  replaceFile(join(directory, `${BUNDLE_FILE}.map`), sourceMap);
  replaceFile(join(directory, START_FILE), startFile());
}

function readManifest(home: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(home, "manifest.json"), "utf8")) as Manifest;
  } catch {
    return undefined; // Never written, or cut short by hand: made anew.
  }
}

function writeManifest(home: string, manifest: Manifest): void {
  replaceFile(join(home, "manifest.json"), JSON.stringify(manifest));
}

/** Removes the bundles of earlier contents, but for those that a program started just now may be reading. */
function removeOthers(home: string, inUse: readonly (string | undefined)[]): void {
  for (const entry of readdirSync(home, { withFileTypes: true })) {
    if (!entry.isDirectory() || inUse.includes(entry.name)) continue;
    rmSync(join(home, entry.name), { recursive: true, force: true });
  }
}

/** The record of a bundle's inputs; undefined where one of them is gone already. */
function recordIfThere(project: string, { metafile }: BundledProgram): InputRecord | undefined {
  try {
    return recordInputs(bundleInputs(project, metafile));
  } catch {
    return undefined;
  }
}

/** Whether something could be written to the cache. */
function keep(write: () => void): boolean {
  try {
    write();
    return true;
  } catch {
    return false;
  }
}
