import { existsSync } from "node:fs";
import { readProjects } from "../changes/read-projects";
import { WorkspaceFiles } from "../changes/workspace-files";
import { settingsFile } from "../engine/stack-settings";
import type { OutputConsumer } from "../outputs/output-readers";
import type { GitPort } from "../ports/git";
import { loadSettings } from "../settings/load-settings";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { declaredReferences } from "./declared-references";
import { findProjects } from "./find-projects";
import type { ReadRecords } from "./stack-records";
import { workspaceRoot } from "./workspace-root";

interface ConsumerQuestion {
  /** The directory of the project whose outputs are read. */
  readonly projectDir: string;
  readonly project: string;
  readonly environment: EnvironmentName;
  readonly readRecords: ReadRecords;
}

/**
 * The projects of the workspace that read the outputs of another one: those whose programs refer to its stack, and those
 * whose recorded state in the same environment does. A program that cannot be read, or computes which stack it refers to,
 * counts by its state.
 */
export async function outputConsumers(git: GitPort, question: ConsumerQuestion): Promise<OutputConsumer[]> {
  const { projectDir, project, environment, readRecords } = question;
  const root = workspaceRoot(projectDir);
  const others = (await findProjects(root, git)).filter(({ name }) => name !== project);
  if (others.length === 0) return [];
  const read = await readProjects(root, others, loadSettings(root), new WorkspaceFiles(git, root));
  const found = await Promise.all(
    read.map(async ({ project: other, inputs: { program } }): Promise<OutputConsumer[]> => {
      const declared = program.kind === "graph" ? declaredReferences(program.text).projects : [];
      if (declared.includes(project)) return [{ project: other.name, program }];
      if (!existsSync(settingsFile(other.directory, environment))) return [];
      const records = await readRecords(other, environment);
      const recorded = records.kind === "recorded" ? records.references : [];
      return recorded.some((reference) => reference.split("/").at(-2) === project)
        ? [{ project: other.name, program }]
        : [];
    }),
  );
  return found.flat();
}
