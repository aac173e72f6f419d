import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** The name that the start-up code has beside a bundle. */
export const START_FILE = "start.cjs";

/** The code that runs the bundle beside it, as one CommonJS file, wherever this package runs from: source or build. */
export function startFile(): Uint8Array {
  const source = ["start-program.js", "start-program.ts"].map((name) => join(__dirname, name)).find(existsSync);
  if (source === undefined) throw new Error(`this installation is incomplete: start-program.js is not in ${__dirname}`);
  const built = buildSync({
    entryPoints: [source],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    logLevel: "silent",
  });
  const [file] = built.outputFiles;
  if (file === undefined) throw new Error(`esbuild gave no output for ${source}`);
  return file.contents;
}
