import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { RunError } from "@pulumi/pulumi";
import type { BuildContext } from "./build-context";
import type { MlflowImages } from "./mlflow-platform";

/** Most bytes of a build context: it travels within the request that builds the image. */
const LIMIT = 256 * 1024;

/**
 * Reads what the images of an MLflow platform are built from: the folders `tracking-server` and `project-run` of a
 * directory. Called by a program before it declares anything. Throws a RunError that names the folder where one is
 * missing, has no Dockerfile or is too large.
 */
export function readMlflowImages(directory: string): MlflowImages {
  return {
    trackingServer: readContext(join(directory, "tracking-server")),
    projectRun: readContext(join(directory, "project-run")),
  };
}

/**
 * Reads the files that an image is built from. Throws a RunError that names the folder where it is missing, has no
 * Dockerfile or is too large.
 */
export function readContext(folder: string): BuildContext {
  const context: Record<string, string> = {};
  for (const file of filesOf(folder)) context[relative(folder, file).split(sep).join("/")] = readFileSync(file, "utf8");
  const size = Object.values(context).reduce((sum, content) => sum + Buffer.byteLength(content), 0);
  if (!("Dockerfile" in context))
    throw new RunError(`${folder} has no Dockerfile; an image is built from one and the files beside it`);
  if (size > LIMIT) {
    throw new RunError(
      `${folder} has ${size} bytes, at most ${LIMIT} can be built from; leave out what the image does not need`,
    );
  }
  return context;
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (cause) {
    throw new RunError(`the build context ${folder} cannot be read: ${(cause as Error).message}`);
  }
}
