import { defineVerb } from "./verb-definition";

/** `trunkline ci-access` */
export const ciAccessVerb = defineVerb({
  name: "ci-access",
  summary: "write the secrets of CI, and how to reach the state of ML resources, to files of their owner",
  target: "cloud",
  example: "trunkline ci-access --env prd --secrets-file prod-secrets.json --state-file prod-state.json",
  configure: (command) =>
    void command
      .option("--secrets-file <file>", "JSON file for the secrets, by the names that workflows know them by")
      .option("--state-file <file>", "JSON file that says how to reach the state of ML resources"),
  load: async () => {
    const { ciAccess } = await import("../commands/ci-access.js");
    const { presentCiAccess } = await import("../report/present-ci-access.js");
    return { run: ciAccess, present: presentCiAccess };
  },
});
