import { join } from "node:path";
import { readScoringImage } from "./components/azure-ml/read-scoring-image";
import { readArtifacts } from "./components/databricks/artifacts/read-artifacts";
import { Environment } from "./components/environment";
import { readEnvironmentConfig } from "./components/environment-config";
import { readMlflowImages } from "./components/mlflow/read-images";
import { readReleases, releaseVariable } from "./components/read-releases";

async function main() {
  const config = readEnvironmentConfig();
  const folder = config.databricks?.artifacts?.directory;
  const artifacts = folder === undefined ? undefined : readArtifacts(__dirname, folder, config);
  const mlflowImages = config.azure?.mlflow && readMlflowImages(join(__dirname, "artifacts/mlflow"));
  const scoring = config.azure?.endpoint?.scoring.create;
  const scoringImage = scoring && readScoringImage(join(__dirname, scoring.directory));
  // Before anything is declared: what is live goes back in, so that no change resets it.
  const releases = await readReleases(config, process.env[releaseVariable]);
  const args = { ...config, artifacts, mlflowImages, scoringImage, releases };
  return new Environment(config.environment, args).outputs;
}

export = main();
