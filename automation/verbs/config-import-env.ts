import { defineVerb } from "./verb-definition";

/** `trunkline config import-env` */
export const configImportEnvVerb = defineVerb({
  name: "config import-env",
  summary: "take group, workspace, location, compute, endpoint and model of an env file into Pulumi.<env>.yaml",
  example: "trunkline config import-env src/workshop/env/.env.prod --env prd",
  configure: (command) =>
    void command
      .argument("<file>", "the env file")
      .requiredOption("--env <name>", "the environment whose settings get it")
      .option("--dry-run", "show what would change, and change nothing", false),
  load: async () => {
    const { configImportEnv } = await import("../commands/config-import-env.js");
    const { presentConfigImport } = await import("../report/present-config-import.js");
    return { run: configImportEnv, present: presentConfigImport };
  },
});
