import { execFile, spawn } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import writeFileAtomic from "write-file-atomic";
import { AutomationError } from "../errors";

/** The files of a repository, and its packages. */
export interface RepositoryFiles {
  /** The text of a file; undefined where there is none. Throws a usage error for one that cannot be read. */
  read(path: string): string | undefined;
  /** Writes a file as a whole, with its folders. Throws a fault where that cannot be. */
  write(path: string, text: string): Promise<void>;
  /** The address of the remote `origin`; undefined where there is none. */
  origin(): Promise<string | undefined>;
  /** The version of this package that programs in a folder get; undefined where they get none. */
  installed(folder: string): string | undefined;
  /** Installs the packages of package.json; answers whether that succeeded. Needs a registry. */
  install(): Promise<boolean>;
}

/** The files of the repository with this root, on disk. */
export function repositoryFiles(root: string): RepositoryFiles {
  return {
    read(path) {
      const file = join(root, path);
      if (!existsSync(file)) return undefined;
      try {
        return readFileSync(file, "utf8");
      } catch (cause) {
        throw new AutomationError("usage", `${file} cannot be read: ${reasonOf(cause)}`, {
          hint: "correct the file",
          cause,
        });
      }
    },
    async write(path, text) {
      const file = join(root, path);
      try {
        if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) throw new Error("it is a symbolic link");
        mkdirSync(dirname(file), { recursive: true });
        await writeFileAtomic(file, text);
      } catch (cause) {
        throw new AutomationError("fault", `${file} cannot be written: ${reasonOf(cause)}`, {
          hint: "make room for it, or name another folder with --directory; what was written stays, and a rerun goes on",
          cause,
        });
      }
    },
    origin: () =>
      promisify(execFile)("git", ["remote", "get-url", "origin"], { cwd: root }).then(
        ({ stdout }) => stdout.trim() || undefined,
        () => undefined,
      ),
    installed(folder) {
      try {
        const file = createRequire(join(root, folder, "index.js")).resolve("trunkline/package.json");
        return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
      } catch {
        return undefined;
      }
    },
    install: () =>
      new Promise((resolve) => {
        // Standard output is for results. On Windows npm is a script, which only a shell starts.
        const stdio = ["ignore", process.stderr, process.stderr] as const;
        const npm = spawn("npm", ["install", "--ignore-scripts"], {
          cwd: root,
          stdio: [...stdio],
          shell: process.platform === "win32",
        });
        npm.on("error", () => resolve(false)).on("close", (code) => resolve(code === 0));
      }),
  };
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
