import { readFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import type { Loader, Plugin } from "esbuild";

const LOADERS: Readonly<Record<string, Loader>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  ".jsx": "jsx",
};

const ONE_LINE_MAP = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString("base64");

/** A source map of one line: keeps a dependency's other lines out of the bundle's map, which stack traces have to parse. */
export const NO_SOURCE_MAP = `\n//# sourceMappingURL=data:application/json;base64,${ONE_LINE_MAP}`;

/** Gives each bundled module the `__dirname` and `__filename` of its own file, and maps lines of the project's files only. */
export const moduleLocation: Plugin = {
  name: "module-location",
  setup(build) {
    build.onLoad({ filter: /\.(?:[cm]?[jt]s|[jt]sx)$/, namespace: "file" }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const loader = LOADERS[extname(path)] ?? "js";
      const dependency = /[\\/]node_modules[\\/]/.test(path);
      const located = /\b__(?:dirname|filename)\b/.test(source) ? withLocation(source, path) : source;
      return { contents: dependency && loader === "js" ? located + NO_SOURCE_MAP : located, loader };
    });
  },
};

/** Declares the two names on the first line, after a hashbang and a directive, so that no line moves. */
function withLocation(source: string, path: string): string {
  const [prologue = ""] = /^(?:#!.*\n)?(?:\s*["']use strict["'];?)?/.exec(source) ?? [];
  const names = { __dirname: dirname(path), __filename: path };
  const declared = Object.entries(names)
    .filter(([name]) => !new RegExp(`\\b(?:const|let|var|function)\\s+${name}\\b`).test(source))
    .map(([name, value]) => `var ${name} = ${JSON.stringify(value)};`)
    .join(" ");
  return `${prologue} ${declared} ${source.slice(prologue.length)}`;
}
