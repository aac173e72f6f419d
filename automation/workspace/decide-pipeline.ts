import { existsSync } from "node:fs";
import { affectedProjects, type ProjectDecision } from "../changes/affected-projects";
import { lastDeploy, type DeployBase } from "../changes/last-deploy";
import type { Reason } from "../changes/reason";
import type { PipelineEvent } from "../events/pipeline-event";
import { readEvent, type EventFlags } from "../events/read-event";
import { settingsFile } from "../engine/stack-settings";
import type { GitPort } from "../ports/git";
import { gitSnapshot } from "../ports/git-snapshot";
import { loadSettings } from "../settings/load-settings";
import type { Settings } from "../settings/settings-schema";
import { chooseEnvironment } from "../stack/choose-environment";
import { resolveEvent, type Resolution } from "../stack/resolve-event";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { findProjects } from "./find-projects";
import type { Project } from "./project";
import {
  dependencyWaves,
  projectDependencies,
  type DependencySource,
  type ProjectDependencies,
} from "./project-dependencies";
import type { ReadRecords, StackRecords } from "./stack-records";
import { workspaceRoot } from "./workspace-root";

/** A stack of the environment, and whether it is to be brought up. */
export interface StackDecision {
  readonly project: Project;
  readonly environment: EnvironmentName;
  /** Counted from 1; all of one wave may go at the same time, after all of the waves before. */
  readonly wave: number;
  /** Why it is to be brought up; empty where nothing that changed bears on it. */
  readonly reasons: readonly Reason[];
  /** The commit that it was last deployed from; undefined where that is not known. */
  readonly base?: string;
  readonly dependsOn: readonly { readonly project: string; readonly knownFrom: readonly DependencySource[] }[];
}

/** What the pipeline does, and why. */
export interface PipelineDecision {
  readonly root: string;
  readonly event: PipelineEvent;
  readonly resolution: Resolution;
  /** The stacks of the environment in the order in which they go; empty where there is no environment. */
  readonly stacks: readonly StackDecision[];
  /** Projects that have no settings for the environment, and so no stack in it. */
  readonly absent: readonly Project[];
  readonly settings: Settings;
}

/** What the decision is made with. */
export interface DecisionDeps {
  readonly git: GitPort;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readRecords: ReadRecords;
}

export interface DecisionOptions {
  /** A directory of the workspace. */
  readonly cwd: string;
  /** The environment, by its name or an alias. @default the one that the event is for */
  readonly asked?: string;
  readonly flags?: EventFlags;
  /** Fetch commits that this clone lacks. @default nothing is fetched, for want of a network */
  readonly fetch?: boolean;
}

/** Decides all that the pipeline does upon an event: the environment, the stacks that changed, and their order. */
export async function decidePipeline(deps: DecisionDeps, options: DecisionOptions): Promise<PipelineDecision> {
  const { env, readRecords } = deps;
  const root = workspaceRoot(options.cwd);
  const git = gitSnapshot(deps.git, root);
  const settings = loadSettings(root);
  const event = await readEvent({ git, env, directory: root, flags: options.flags });
  const resolution = resolve(event, options.asked, settings);
  const decided = { root, event, resolution, settings };
  if (resolution.kind === "none") return { ...decided, stacks: [], absent: [] };
  const { environment } = resolution;
  const found = await findProjects(root, git);
  const projects = found.filter(({ directory }) => existsSync(settingsFile(directory, environment)));
  const absent = found.filter((project) => !projects.includes(project));
  const read = projects.map(async (project) => [project.name, await readRecords(project, environment)] as const);
  const records = new Map(await Promise.all(read));
  const bases = new Map([...records].map(([name, record]) => [name, baseOf(record)]));
  const changes = await affectedProjects(git, { root, projects, environment, settings, bases, fetch: options.fetch });
  return { ...decided, stacks: stacksOf(changes, records, environment, settings, absent), absent };
}

/** An environment that was asked for stands; what is done there follows from the event. */
function resolve(event: PipelineEvent, asked: string | undefined, settings: Settings): Resolution {
  const resolution = resolveEvent(event, settings);
  if (asked === undefined) return resolution;
  const { environment, reason } = chooseEnvironment(asked, undefined, { table: settings });
  const action = resolution.kind === "environment" ? resolution.action : "deploy";
  return { kind: "environment", environment, action, rule: "--env", reason };
}

function baseOf(records: StackRecords): DeployBase {
  return records.kind === "recorded" ? lastDeploy(records.updates) : { kind: "unknown", reason: records.reason };
}

function stacksOf(
  changes: readonly ProjectDecision[],
  records: ReadonlyMap<string, StackRecords>,
  environment: EnvironmentName,
  settings: Settings,
  absent: readonly Project[],
): StackDecision[] {
  const referencesOf = (name: string) => {
    const record = records.get(name);
    return record?.kind === "recorded" ? record.references : [];
  };
  const dependents = changes.map(({ project: { name }, read: { inputs } }) => ({
    name,
    program: inputs.program,
    references: referencesOf(name),
  }));
  const dependencies = projectDependencies(
    dependents,
    settings,
    absent.map(({ name }) => name),
  );
  const byName = new Map(changes.map((change) => [change.project.name, change]));
  const waves = dependencyWaves([...byName.keys()], dependencies);
  const decided = new Map<string, StackDecision>();
  for (const [index, names] of waves.entries()) {
    for (const name of names) {
      const change = byName.get(name);
      if (change === undefined) continue;
      const { project, base } = change;
      const dependsOn = dependsOnOf(name, dependencies);
      const upstream = dependsOn.filter((other) => (decided.get(other.project)?.reasons.length ?? 0) > 0);
      const inherited = upstream.map((other): Reason => ({ kind: "upstream", project: other.project }));
      const reasons = [...change.reasons, ...inherited];
      decided.set(name, { project, environment, wave: index + 1, reasons, base, dependsOn });
    }
  }
  return [...decided.values()];
}

function dependsOnOf(name: string, dependencies: ProjectDependencies): StackDecision["dependsOn"] {
  return [...(dependencies.get(name) ?? [])].map(([project, knownFrom]) => ({ project, knownFrom }));
}
