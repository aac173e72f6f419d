import { Environment } from "./components/environment";
import { readEnvironmentConfig } from "./components/environment-config";

const config = readEnvironmentConfig();

export = new Environment(config.environment, config).outputs;
