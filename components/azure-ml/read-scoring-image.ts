import type { BuildContext } from "../mlflow/build-context";
import { readContext } from "../mlflow/read-images";

/**
 * Reads what the image that serves a model is built from: a Dockerfile, the scoring script and whatever lies beside them.
 * Called by a program before it declares anything. Throws a RunError that names the folder where it cannot be built from.
 */
export function readScoringImage(directory: string): BuildContext {
  return readContext(directory);
}
