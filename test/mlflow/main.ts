import { runPythonTier } from "../support/python-tier";

runPythonTier("the tests with a real MLflow", "test/mlflow");
