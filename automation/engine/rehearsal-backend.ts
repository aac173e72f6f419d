import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readBackendFile } from "../state/backend-file";
import { workspaceRoot } from "../workspace/workspace-root";
import type { EngineRequest } from "./engine-session";
import type { RehearsalPaths } from "./rehearsal-paths";

/**
 * The backend of a rehearsal: that of its own directory, or, since a bootstrap, the directory that stands for the bucket
 * of the simulated cloud: `s3://bucket/prefix` is `buckets/bucket/prefix` of the rehearsal.
 */
export function rehearsalBackend({ projectDir, environment, backend }: EngineRequest, paths: RehearsalPaths): string {
  if (backend === "local") return `file://${paths.state}`;
  const url = backend ?? readBackendFile(workspaceRoot(projectDir), "rehearsal", environment)?.url;
  if (url === undefined) return `file://${paths.state}`;
  const [place = ""] = url.replace(/^\w+:\/\//, "").split("?");
  const directory = join(paths.root, "buckets", ...place.split("/").filter((part) => /^[\w.-]+$/.test(part)));
  mkdirSync(directory, { recursive: true });
  return `file://${directory}`;
}
