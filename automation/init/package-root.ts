import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AutomationError } from "../errors";
import type { PackagedFiles } from "./pipeline-files";

/** This package as it is installed: its version, and files of it. */
export interface InstalledPackage extends PackagedFiles {
  readonly version: string;
  /** Version of a package that this one is made with. */
  versionOf(name: string): string;
}

/** Finds this package from where its code lies. Throws a fault where a file of it is missing. */
export function installedPackage(): InstalledPackage {
  const root = rootAbove(__dirname);
  const read = (path: string) => {
    if (existsSync(join(root, path))) return readFileSync(join(root, path), "utf8");
    throw new AutomationError("fault", `this installation is incomplete: ${path} is not in ${root}`, {
      hint: "install trunkline again",
    });
  };
  const manifest = JSON.parse(read("package.json")) as {
    version: string;
    devDependencies?: Record<string, string>;
  };
  return { read, version: manifest.version, versionOf: (name) => manifest.devDependencies?.[name] ?? "latest" };
}

function rootAbove(directory: string): string {
  const manifest = join(directory, "package.json");
  if (existsSync(manifest)) {
    const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { name?: string };
    if (name === "trunkline") return directory;
  }
  const parent = dirname(directory);
  return parent === directory ? directory : rootAbove(parent);
}
