import { join } from "node:path";
import { readArtifacts } from "./components/databricks/artifacts/read-artifacts";
import { Environment } from "./components/environment";
import { readEnvironmentConfig } from "./components/environment-config";
import { readMlflowImages } from "./components/mlflow/read-images";

const config = readEnvironmentConfig();
const folder = config.databricks?.artifacts?.directory;
const artifacts = folder === undefined ? undefined : readArtifacts(__dirname, folder, config);
const mlflowImages = config.azure?.mlflow && readMlflowImages(join(__dirname, "artifacts/mlflow"));

export = new Environment(config.environment, { ...config, artifacts, mlflowImages }).outputs;
