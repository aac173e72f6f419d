import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { BuildResult, Message, Metafile, Plugin } from "esbuild";
import { messageOf } from "../message-of";
import { moduleLocation, NO_SOURCE_MAP } from "./module-location";
import { omittedModules } from "./omitted-modules";
import { promiseStacks } from "./promise-stacks";

/** A program with the SDK's `cmd/run` in one CommonJS text that exports `program()` and `start()`. */
export interface BundledProgram {
  readonly kind: "bundled";
  readonly code: Uint8Array;
  readonly sourceMap: Uint8Array;
  readonly metafile: Metafile;
}

/** A program that would not behave the same from a bundle, and why. */
export interface NotBundled {
  readonly kind: "not-bundled";
  readonly reason: string;
}

/** Warnings after which a module would find other things from a bundle than from its own file. */
const OBSTACLES: Readonly<Record<string, string>> = {
  "unsupported-require-call": "requires a module whose name is computed",
  "unsupported-dynamic-import": "imports a module whose name is computed",
  "indirect-require": "hands `require` on",
  "require-resolve-not-external": "asks for the place of a module with `require.resolve`",
  "empty-import-meta": "uses `import.meta`",
};

/** The SDK's computed requires: of the program, which the start-up answers, and of compilers, which are left out. */
const SDK_FILE = /node_modules[\\/]@pulumi[\\/]pulumi[\\/]/;

/** The file name of a bundle, which its source map refers to. */
export const BUNDLE_FILE = "program.cjs";

/** Bundles a program's entry file with the Pulumi SDK that it resolves, for the Node version that runs this. */
export async function bundleProgram(projectDir: string, mainFile: string): Promise<BundledProgram | NotBundled> {
  const { build } = await import("esbuild");
  try {
    const sdk = dirname(createRequire(mainFile).resolve("@pulumi/pulumi/package.json"));
    const result = await build({
      absWorkingDir: projectDir,
      entryPoints: ["trunkline:entry"],
      outfile: join(projectDir, BUNDLE_FILE),
      write: false,
      bundle: true,
      metafile: true,
      platform: "node",
      format: "cjs",
      target: `node${process.versions.node}`,
      // Class names reach users in messages, and tsx keeps them as well.
      keepNames: true,
      // A script that is compiled apart from Node's loader cannot import; what is imported is in the bundle.
      supported: { "dynamic-import": false },
      sourcemap: "linked",
      sourcesContent: false,
      plugins: [entryPlugin(entryOf(projectDir, mainFile), sdk), omittedModules, promiseStacks, moduleLocation],
      logLevel: "silent",
      logOverride: Object.fromEntries(Object.keys(OBSTACLES).map((id) => [id, "warning"])),
    });
    return inspect(result);
  } catch (error) {
    return { kind: "not-bundled", reason: reasonOf(error) };
  }
}

function inspect(result: BuildResult<{ write: false; metafile: true }>): BundledProgram | NotBundled {
  const obstacle = result.warnings.find(({ id, location }) => id in OBSTACLES && !SDK_FILE.test(location?.file ?? ""));
  if (obstacle) return { kind: "not-bundled", reason: `${placeOf(obstacle)} ${OBSTACLES[obstacle.id]}` };
  const output = (suffix: string) => result.outputFiles.find(({ path }) => path.endsWith(suffix))?.contents;
  const [code, sourceMap] = [output(BUNDLE_FILE), output(`${BUNDLE_FILE}.map`)];
  if (!code || !sourceMap) return { kind: "not-bundled", reason: "esbuild gave no output" };
  return { kind: "bundled", code, sourceMap, metafile: result.metafile };
}

/**
 * The bundle's entry: the program stays a function until `cmd/run` asks for it, and stack traces read the map beside the
 * bundle instead of searching megabytes of code for its address.
 */
function entryOf(projectDir: string, mainFile: string): string {
  const url = JSON.stringify(join(projectDir, BUNDLE_FILE));
  return `
    const { readFileSync } = require("fs");
    const support = require("source-map-support");
    exports.program = () => require(${JSON.stringify(mainFile)});
    exports.start = (bundle, nameInStacks) => {
      const retrieveSourceMap = (file) =>
        file === nameInStacks ? { url: ${url}, map: readFileSync(bundle + ".map", "utf8") } : null;
      support.install({ retrieveSourceMap });
      require("@pulumi/pulumi/cmd/run");
    };${NO_SOURCE_MAP}`;
}

/** Answers for the entry, which is no file; it resolves the SDK's dependencies as the SDK does. */
function entryPlugin(contents: string, sdk: string): Plugin {
  return {
    name: "entry",
    setup(build) {
      build.onResolve({ filter: /^trunkline:entry$/ }, ({ path }) => ({ path, namespace: "entry" }));
      build.onLoad({ filter: /.*/, namespace: "entry" }, () => ({ contents, resolveDir: sdk }));
    },
  };
}

function placeOf({ location }: Message): string {
  return location ? `${location.file}:${location.line}` : "the program";
}

function reasonOf(error: unknown): string {
  const [first] = (error as { errors?: Message[] }).errors ?? [];
  if (first) return `${placeOf(first)}: ${first.text}`;
  return messageOf(error);
}
