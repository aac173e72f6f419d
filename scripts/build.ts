import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type BuildOptions, type Metafile } from "esbuild";
import { PAGE_BUILD, PAGE_FILES } from "../automation/report/page-code";
import { bundleInputs } from "../rehearsal/program/bundle-inputs";
import { recordInputs } from "../rehearsal/program/input-record";
import { omittedModules } from "../rehearsal/program/omitted-modules";
import { replaceFile } from "../rehearsal/program/replace-file";

const root = resolve(__dirname, "..");
const dist = join(root, "dist");

/** Loaded when they are needed are esbuild, which has a binary, and tsx, which hooks into Node's loader. */
const OPTIONS = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  metafile: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  keepNames: true,
  supported: { "dynamic-import": false },
  external: ["esbuild", "tsx"],
  plugins: [omittedModules],
  logLevel: "warning",
} as const satisfies BuildOptions;

/**
 * Builds the CLI into one file, the code beside it that is loaded into programs and into report pages, and the small executable that loads it.
 * With `--full` also the library: CommonJS and declarations of each module.
 */
async function main(): Promise<void> {
  const metafiles: Metafile[] = [];
  // Modules of Azure's SDK ask where they are; in a bundle they are where it is.
  const here = { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' };
  const options = { define: { "import.meta.url": "bundleUrl" }, banner: here };
  const cli = await bundle("automation/main.ts", options, metafiles);
  const start = await bundle("rehearsal/program/start-program.ts", {}, metafiles);
  const guard = await bundle("automation/bundle/guard-program.ts", {}, metafiles);
  const page = await buildPage(metafiles);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const digest = createHash("sha256").update(cli).digest("hex").slice(0, 16);
  const define = { CLI_DIGEST: JSON.stringify(digest), PACKAGE_VERSION: JSON.stringify(version) };
  const bin = await bundle("scripts/bin.ts", { define, banner: { js: "#!/usr/bin/env node" } }, metafiles);
  replaceFile(join(dist, "cli", "trunkline.cjs"), cli);
  replaceFile(join(dist, "cli", "start-program.js"), start);
  replaceFile(join(dist, "cli", "guard-program.js"), guard);
  for (const [name, content] of page) replaceFile(join(dist, "cli", name), content);
  replaceFile(join(dist, "bin", "trunkline.js"), bin);
  chmodSync(join(dist, "bin", "trunkline.js"), 0o755);
  if (existsSync(join(root, "scripts", "build.ts"))) writeInputs(metafiles);
  if (process.argv.includes("--full")) compileLibrary();
}

async function bundle(
  entry: string,
  options: Pick<BuildOptions, "banner" | "define">,
  metafiles: Metafile[],
): Promise<Uint8Array> {
  const result = await build({
    ...OPTIONS,
    external: [...OPTIONS.external],
    plugins: [...OPTIONS.plugins],
    ...options,
    entryPoints: [entry],
  });
  metafiles.push(result.metafile);
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error(`esbuild gave no output for ${entry}`);
  return file.contents;
}

/** The script and the style sheet of report pages. */
async function buildPage(metafiles: Metafile[]): Promise<(readonly [string, Uint8Array])[]> {
  const { outputFiles, metafile } = await build({
    ...PAGE_BUILD,
    target: [...PAGE_BUILD.target],
    absWorkingDir: root,
    metafile: true,
    entryPoints: ["automation/page/main.ts"],
    outdir: "unused",
  });
  metafiles.push(metafile);
  return outputFiles.map(({ path, contents }) => [
    path.endsWith(".css") ? PAGE_FILES.style : PAGE_FILES.script,
    contents,
  ]);
}

/** Records what the build was made from, so that the executable notices when that changes. */
function writeInputs(metafiles: readonly Metafile[]): void {
  const all = metafiles.map((metafile) => bundleInputs(root, metafile));
  const own = [join(root, "scripts", "build.ts"), join(root, "package.json")];
  const record = recordInputs({
    files: [...own, ...all.flatMap(({ files }) => [...files])],
    // Folders of the repository change all the time without a bearing on the CLI; a new file counts once it is imported.
    directories: [],
    absent: [],
  });
  replaceFile(join(dist, "inputs.json"), JSON.stringify(record));
}

function compileLibrary(): void {
  for (const folder of ["components", "automation", "rehearsal"]) {
    rmSync(join(dist, folder), { recursive: true, force: true });
  }
  const compiler = require.resolve("typescript/bin/tsc");
  const { status } = spawnSync(process.execPath, [compiler, "-p", join(root, "tsconfig.build.json")], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("tsc failed, see above");
}

void main();
