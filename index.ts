import { readArtifacts } from "./components/databricks/artifacts/read-artifacts";
import { Environment } from "./components/environment";
import { readEnvironmentConfig } from "./components/environment-config";

const config = readEnvironmentConfig();
const folder = config.databricks?.artifacts?.directory;
const artifacts = folder === undefined ? undefined : readArtifacts(__dirname, folder, config);

export = new Environment(config.environment, { ...config, artifacts }).outputs;
