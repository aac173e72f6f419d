import type { InitAnswers } from "./init-answers";

const PROGRAM = `import { join } from "node:path";
import {
  Environment,
  packagedMlflowImages,
  readArtifacts,
  readEnvironmentConfig,
  readReleases,
  readScoringImage,
  releaseVariable,
} from "trunkline/components";

async function main() {
  const config = readEnvironmentConfig();
  const folder = config.databricks?.artifacts?.directory;
  const artifacts = folder === undefined ? undefined : readArtifacts(__dirname, folder, config);
  const mlflowImages = config.azure?.mlflow && packagedMlflowImages();
  const scoring = config.azure?.endpoint?.scoring.create;
  const scoringImage = scoring && readScoringImage(join(__dirname, scoring.directory));
  // Before anything is declared: what is live goes back in, so that no change resets it.
  const releases = await readReleases(config, process.env[releaseVariable]);
  return new Environment(config.environment, { ...config, artifacts, mlflowImages, scoringImage, releases }).outputs;
}

export = main();
`;

/**
 * The program with its project file and compiler options, by path from the program's folder. Pulumi reads the outputs of a
 * CommonJS module from what it exports as a whole: in a repository of ES modules the folder says that it is one.
 */
export function programFiles({ name }: InitAnswers, esModules: boolean): Record<string, string> {
  return {
    ...(esModules && { "package.json": '{\n  "private": true,\n  "type": "commonjs"\n}\n' }),
    "index.ts": PROGRAM,
    "Pulumi.yaml": `name: ${JSON.stringify(name)}
description: One environment of the ML platform; each stack is an environment
main: index.ts
runtime:
  name: nodejs
  options:
    # The program runs through tsx: no build, no type check at run time.
    typescript: false
    nodeargs: "--import tsx"
`,
    "tsconfig.json": `{
  "compilerOptions": {
    "target": "es2022",
    "lib": ["es2023"],
    "module": "node20",
    "moduleResolution": "node16",
    "strict": true,
    "skipLibCheck": true,
    "types": ["node"],
    "noEmit": true
  },
  "include": ["index.ts"]
}
`,
  };
}
