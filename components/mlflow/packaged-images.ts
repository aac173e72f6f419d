import { existsSync } from "node:fs";
import { join } from "node:path";
import type { MlflowImages } from "./mlflow-platform";
import { readMlflowImages } from "./read-images";

/** Where the folder with the images lies from this file: in a source checkout, and in the compiled package. */
const PLACES = ["../../artifacts/mlflow", "../../../artifacts/mlflow"];

/** The images of an MLflow platform that this package comes with, for a program that has none of its own. */
export function packagedMlflowImages(): MlflowImages {
  const places = PLACES.map((place) => join(__dirname, place));
  return readMlflowImages(places.find((place) => existsSync(place)) ?? join(__dirname, "../../../artifacts/mlflow"));
}
