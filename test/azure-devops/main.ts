import { runPythonTier } from "../support/python-tier";

runPythonTier("the tests with the published schema of Azure Pipelines", "test/azure-devops");
