import { ENVIRONMENTS } from "../stack/stack-for-branch";
import { configFile } from "./config-file";
import type { InitAnswers } from "./init-answers";
import { pipelineFiles, settingsFile, type PackagedFiles } from "./pipeline-files";
import { programFiles } from "./program-files";
import { SYSTEMS, type InitSystem } from "./systems";

/** What is known of the repository that files are written for. */
export interface Surroundings {
  /** Its package.json says that files are ES modules. */
  readonly esModules: boolean;
}

/** The files that a repository with these answers has, by path from its root. */
export function generateFiles(
  answers: InitAnswers,
  { esModules }: Surroundings,
  packaged: PackagedFiles,
): Readonly<Record<string, string>> {
  const systems = answers.systems.map((name) => (SYSTEMS[name] as InitSystem).files?.(packaged) ?? {});
  const configs = ENVIRONMENTS.map((name) => [`Pulumi.${name}.yaml`, configFile(name, answers)] as const);
  const own = Object.assign({}, programFiles(answers, esModules), Object.fromEntries(configs), ...systems) as Record<
    string,
    string
  >;
  const folder = answers.directory === "" ? "" : `${answers.directory}/`;
  return {
    ...Object.fromEntries(Object.entries(own).map(([path, text]) => [`${folder}${path}`, text])),
    "trunkline.yaml": settingsFile(answers),
    ...pipelineFiles(answers, packaged),
  };
}
