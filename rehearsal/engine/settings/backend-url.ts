import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { EngineError } from "../engine-error";

const PREFIX = "file://";

/** Where state is kept. */
export interface BackendLocation {
  /** As the user wrote it. */
  readonly url: string;
  /** Absolute path of the directory. */
  readonly directory: string;
}

/**
 * Finds out where state is kept: PULUMI_BACKEND_URL, else the project's `backend.url`. Relative paths are meant from
 * `cwd`, `~` is the home directory. Throws EngineError for anything but `file://`.
 */
export function backendLocation(
  env: Readonly<Record<string, string | undefined>>,
  projectUrl: string | undefined,
  cwd: string,
): BackendLocation {
  const url = env["PULUMI_BACKEND_URL"] || projectUrl;
  if (!url) {
    throw new EngineError(
      "no backend is set: set PULUMI_BACKEND_URL, or backend.url in Pulumi.yaml, to a file:// URL such as file://./state",
    );
  }
  if (!url.startsWith(PREFIX)) {
    throw new EngineError(
      `backend '${url.replace(/\/\/[^/@]*@/, "//****@")}' is not supported by the embedded engine, only file:// is; ` +
        "run with the Pulumi CLI (--engine cli) to use it",
    );
  }
  const path = url.slice(PREFIX.length).split("?")[0] ?? "";
  return { url, directory: resolve(cwd, expandHome(path, env)) };
}

function expandHome(path: string, env: Readonly<Record<string, string | undefined>>): string {
  if (path !== "~" && !path.startsWith("~/")) return path;
  return join(env["HOME"] || homedir(), path.slice(1));
}
