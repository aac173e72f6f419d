import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** A project in a temporary directory, with the packages of this repository. */
export interface ProgramProject {
  readonly root: string;
  readonly cacheDir: string;
  /** Writes a file below the root. */
  write(path: string, content: string): void;
  path(path: string): string;
  remove(): void;
}

/** Makes a project of the files; `node_modules` has links to this repository's packages of the names given. */
export function programProject(
  files: Readonly<Record<string, string>>,
  packages: readonly string[] = ["@pulumi/pulumi", "tsx"],
): ProgramProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "trunkline-test-")));
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  for (const name of packages) {
    const link = join(root, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve(__dirname, "../../../node_modules", name), link);
  }
  for (const [path, content] of Object.entries(files)) write(path, content);
  return {
    root,
    cacheDir: join(root, ".cache"),
    write,
    path: (path) => join(root, path),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
