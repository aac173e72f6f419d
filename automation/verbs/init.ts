import type { Command } from "commander";
import type { VerbDeps } from "../commands/verb";
import type { InitDeps } from "../init/apply-plan";
import { repeated } from "./option-parsers";
import { defineVerb } from "./verb-definition";

/** `trunkline init` */
export const initVerb = defineVerb({
  name: "init",
  summary: "write program, configuration and workflows into a repository, and rehearse them",
  example: "trunkline init --repository acme/platform --state aws --with databricks,mlflow --ci github --yes",
  configure: (command) =>
    applyOptions(
      command
        .option("--directory <folder>", "folder of the program, for a repository that has another one")
        .option("--name <name>", "name of the Pulumi project (default: the folder's)")
        .option("--organization <name>", "short name with which the names of resources begin")
        .option("--repository <owner/name>", "the repository (default: that of the remote origin)")
        .option("--state <cloud>", "where state is kept: aws, azure")
        .option("--with <systems>", "what else there is, separated by commas: databricks, mlflow, endpoint")
        .option("--ci <system>", "what runs CI: github, azure"),
    ),
  load: async () => {
    const { init } = await import("../commands/init.js");
    return { run: withPorts(init), ...(await presenter()) };
  },
});

/** The options that `init` and `upgrade` share. */
export function applyOptions(command: Command): void {
  command
    .option("--yes", "write what loses nobody's work, without a question", false)
    .option("--replace <file>", "replace a file though somebody's work is in it (repeatable)", repeated)
    .option("--dry-run", "show what would be written, and write nothing", false)
    .option("--allow-dirty", "change also files whose changes are in no commit", false)
    .option("--no-install", "do not install packages")
    .option("--no-rehearsal", "do not rehearse at the end");
}

/** Gives a verb the process's files and questions. */
export function withPorts<Options, Result>(
  run: (deps: InitDeps, options: Options) => Promise<Result>,
): (deps: VerbDeps, options: Options) => Promise<Result> {
  return async (deps, options) => {
    const { repositoryFiles } = await import("../ports/repository-files.js");
    const { terminalQuestions } = await import("../ports/questions.js");
    return run({ ...deps, files: repositoryFiles, questions: terminalQuestions }, options);
  };
}

/** What tells how `init` and `upgrade` ended. */
export async function presenter() {
  const { presentInit } = await import("../report/present-init.js");
  return { present: presentInit };
}
