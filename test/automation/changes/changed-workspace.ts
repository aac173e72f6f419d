import { affectedProjects } from "../../../automation/changes/affected-projects";
import type { DeployBase } from "../../../automation/changes/last-deploy";
import { reasonText } from "../../../automation/changes/reason";
import { git } from "../../../automation/ports/git";
import { settingsSchema } from "../../../automation/settings/settings-schema";
import { findProjects } from "../../../automation/workspace/find-projects";
import { projectFile } from "../../support/workspace-files";

/** A lockfile with a version of zod. */
export const lock = (zodVersion: string, extra: object = {}) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      "": { dependencies: { zod: "*", yaml: "*" } },
      "node_modules/@pulumi/pulumi": { version: "3.0.0", dependencies: { semver: "*" } },
      "node_modules/semver": { version: "7.0.0" },
      "node_modules/yaml": { version: "2.0.0" },
      "node_modules/zod": { version: zodVersion },
      ...extra,
    },
  });

/** Two projects: `a` imports a shared module and zod, `b` data and yaml. */
export const FILES: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "w", "type": "commonjs", "scripts": {} }',
  "package-lock.json": lock("4.0.0"),
  "shared/size.ts": "export const size = 2;\n",
  "shared/unused.ts": "export const unused = 2;\n",
  "a/Pulumi.yaml": projectFile("a"),
  "a/Pulumi.dev.yaml": "config: {}\n",
  "a/Pulumi.prd.yaml": "config: {}\n",
  "a/index.ts":
    'import { size } from "../shared/size";\nimport { z } from "zod";\nimport "./part";\nz.number().parse(size);\n',
  "a/part/index.ts": "export {};\n",
  "b/Pulumi.yaml": projectFile("b"),
  "b/Pulumi.dev.yaml": "config: {}\n",
  "b/index.ts": 'import { parse } from "yaml";\nimport data from "./data.json";\nparse(String(data));\n',
  "b/data.json": "[]",
  "b/script.sh": "true\n",
  "artifacts/init.sh": "true\n",
  Makefile: "all:\n",
  "docs/page.md": "page\n",
};

const SETTINGS = settingsSchema.parse({ projects: { b: { artifacts: ["artifacts/**"] } } });

/** Reasons by project, for those that are affected since a commit. */
export async function affectedSince(commit: string, root: string, fetch = false): Promise<Record<string, string[]>> {
  const projects = await findProjects(root, git);
  const known: DeployBase = { kind: "commit", commit };
  const bases = new Map(projects.map(({ name }) => [name, known]));
  const question = { root, projects, environment: "dev", settings: SETTINGS, bases, fetch };
  const decisions = await affectedProjects(git, question);
  const entries = decisions.map(({ project, reasons }) => [project.name, reasons.map(reasonText)] as const);
  return Object.fromEntries(entries.filter(([, reasons]) => reasons.length > 0));
}
