import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync, type BuildOptions } from "esbuild";
import { AutomationError } from "../errors";

/** How the code of a page is bundled: one script and one style sheet, without anything that is loaded later. */
export const PAGE_BUILD = {
  bundle: true,
  write: false,
  platform: "browser",
  format: "iife",
  target: ["chrome109", "firefox115", "safari16"],
  minify: true,
  legalComments: "inline",
  charset: "ascii",
  logLevel: "warning",
} as const satisfies BuildOptions;

/** Names of the files that a build leaves beside the CLI. */
export const PAGE_FILES = { script: "report-page.js", style: "report-page.css" } as const;

/** What a page is shown with. */
export interface PageCode {
  readonly script: string;
  readonly style: string;
}

/** The code of a page: what was built with this package, else, in a clone, what its source says now. */
export function pageCode(): PageCode {
  const source = join(__dirname, "../page/main.ts");
  if (existsSync(source)) return built(source);
  const places = [__dirname, join(__dirname, "../../cli")];
  const place = places.find((directory) => existsSync(join(directory, PAGE_FILES.script)));
  if (place === undefined) {
    throw new AutomationError("fault", `this installation is incomplete: ${PAGE_FILES.script} is not in ${__dirname}`, {
      hint: "install trunkline again",
    });
  }
  const read = (name: string) => readFileSync(join(place, name), "utf8");
  return { script: read(PAGE_FILES.script), style: read(PAGE_FILES.style) };
}

function built(source: string): PageCode {
  const { outputFiles } = buildSync({
    ...PAGE_BUILD,
    target: [...PAGE_BUILD.target],
    entryPoints: [source],
    outdir: "unused",
  });
  const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return { script: text(".js"), style: text(".css") };
}
