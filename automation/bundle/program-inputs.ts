import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { build } from "esbuild";
import { parse } from "yaml";
import type { CheckoutPort } from "../ports/checkout";
import { sha256Of } from "./bundle";
import { canonicalJson } from "./canonical-json";

/** Files beside a program that it is read with. */
const SETTINGS = ["Pulumi.yaml", "package.json", "tsconfig.json"];

/** Files at the root of a repository that decide how its programs are deployed. */
const ROOT_SETTINGS = ["trunkline.yaml"];

interface ProjectSettings {
  readonly main?: string;
  readonly runtime?: string | { readonly name?: string };
}

/**
 * The files that a project's program is made of, from the repository's root, sorted: those that its imports reach, and its
 * settings. A program that esbuild does not follow (another language, a syntax error) is made of every file that git has in
 * its directory.
 */
export async function programInputs(checkout: CheckoutPort, root: string, projectDir: string): Promise<string[]> {
  const real = realpathSync(root);
  const directory = realpathSync(projectDir);
  const fromRoot = (file: string) => relative(real, file).split(sep).join("/");
  const settings = [...SETTINGS.map((name) => join(directory, name)), ...ROOT_SETTINGS.map((name) => join(real, name))];
  const imported = await importedFiles(directory);
  const files = imported?.map(fromRoot) ?? (await checkout.files(real, directory));
  const own = files.filter((file) => !file.startsWith("../") && !file.split("/").includes("node_modules"));
  return [...new Set([...own, ...settings.filter(existsSync).map(fromRoot)])].sort();
}

/** The hash of files by path and content. A file that is gone has no content, which differs from an empty one. */
export async function treeHash(root: string, files: readonly string[]): Promise<string> {
  const entries = files.map(async (file): Promise<[string, string | null]> => {
    const content = await readFile(join(root, file)).catch(() => undefined);
    return [file, content ? createHash("sha256").update(content).digest("hex") : null];
  });
  return sha256Of(canonicalJson(await Promise.all(entries)));
}

async function importedFiles(directory: string): Promise<string[] | undefined> {
  const settings = parse(await readFile(join(directory, "Pulumi.yaml"), "utf8")) as ProjectSettings;
  const runtime = typeof settings.runtime === "object" ? settings.runtime.name : settings.runtime;
  if (runtime !== "nodejs") return undefined;
  try {
    const { metafile } = await build({
      absWorkingDir: directory,
      entryPoints: [resolve(directory, settings.main ?? ".")],
      bundle: true,
      packages: "external",
      platform: "node",
      loader: { ".node": "empty" },
      metafile: true,
      write: false,
      outdir: "out",
      logLevel: "silent",
    });
    return Object.keys(metafile.inputs).map((file) => realpathSync(resolve(directory, file)));
  } catch {
    return undefined;
  }
}
