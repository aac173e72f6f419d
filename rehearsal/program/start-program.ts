import { createRequire } from "node:module";
import { Socket } from "node:net";
import { join } from "node:path";
import { runCachedScript } from "./cached-script";

/** Runs the bundle that lies beside this file: its arguments are those of the SDK's `cmd/run`, the program's file last. */
const bundle = join(__dirname, "program.cjs");

/**
 * How stack traces name code that is not the project's own: by this prefix the SDK takes it for Node's, and keeps the
 * bundle's lines, which move with every edit, out of the state.
 */
const NAME_IN_STACKS = "node:program-bundle";
const mainFile = process.argv.at(-1) ?? "";

// The launcher holds the other end: a program without its engine has nobody to report to.
new Socket({ fd: 3 })
  .on("close", () => process.exit(1))
  .resume()
  .unref();

const requireFromProject = createRequire(mainFile);
const bundled = () => loaded.exports as { program(): unknown; start(bundle: string, nameInStacks: string): void };
const requireFromBundle = Object.assign(
  (id: string): unknown => (id === mainFile ? bundled().program() : requireFromProject(id)),
  requireFromProject,
);
const loaded = runCachedScript(bundle, join(__dirname, "program"), requireFromBundle, NAME_IN_STACKS);
process.once("exit", () => loaded.save());
bundled().start(bundle, NAME_IN_STACKS);
