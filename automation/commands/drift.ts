import { existsSync } from "node:fs";
import { checkDrift, type DriftVerdict } from "../drift/check-drift";
import { driftReports } from "../drift/drift-reports";
import type { DriftSettings } from "../drift/drift-settings";
import { settingsFile } from "../engine/stack-settings";
import { AutomationError } from "../errors";
import { loadSettings } from "../settings/load-settings";
import type { ChosenEnvironment } from "../stack/choose-environment";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { findProjects } from "../workspace/find-projects";
import type { Project } from "../workspace/project";
import { workspaceRoot } from "../workspace/workspace-root";
import { chosenEnvironment, withProjectStack, type VerbDeps, type VerbOptions } from "./verb";
import { withRunReport, type ReportedOptions } from "./with-run-report";

/** How the stacks of an environment compare with their clouds. */
export interface DriftResult {
  readonly kind: "drift";
  readonly environment: EnvironmentName;
  readonly stacks: readonly { readonly stack: string; readonly verdict: DriftVerdict }[];
}

/** Compares the stacks of an environment with the cloud, and writes a report of it where one is asked for. */
export function drift(deps: VerbDeps, options: ReportedOptions): Promise<DriftResult> {
  return withRunReport(deps, options, "drift", (recording) => compare(recording, options), driftReports);
}

/**
 * Compares the stacks of an environment, of every project of the workspace, with what is in the cloud; changes neither. A
 * stack that cannot be opened is an error or not checked, and the others are looked at all the same.
 */
async function compare(deps: VerbDeps, options: VerbOptions): Promise<DriftResult> {
  const root = workspaceRoot(options.cwd);
  const chosen = await chosenEnvironment(deps, options, root, { readOnly: true });
  const { environment } = chosen;
  const settings = loadSettings(root).drift;
  const all = await findProjects(root, deps.git);
  const projects = all.filter(({ directory }) => existsSync(settingsFile(directory, environment)));
  if (projects.length === 0) {
    throw new AutomationError("usage", `no project in ${root} has settings for ${environment}`, {
      hint: `a project has that environment when it has a Pulumi.${environment}.yaml`,
    });
  }
  const stacks: DriftResult["stacks"][number][] = [];
  for (const project of projects) {
    stacks.push({ stack: project.name, verdict: await check(deps, options, chosen, project, settings) });
  }
  return { kind: "drift", environment, stacks };
}

async function check(
  deps: VerbDeps,
  options: VerbOptions,
  chosen: ChosenEnvironment,
  { name, directory: projectDir }: Project,
  { allow, exempt }: DriftSettings,
): Promise<DriftVerdict> {
  const exemption = exempt.find(({ project, environment = chosen.environment }) => {
    return project === name && environment === chosen.environment;
  });
  if (exemption) return { kind: "not checked", reason: exemption.reason };
  if (deps.signal.aborted) return { kind: "not checked", reason: "it was told to stop" };
  const request = { ...options, projectDir, chosen: { ...chosen, reason: `${chosen.reason}, project ${name}` } };
  try {
    return await withProjectStack(deps, request, { absent: "refuse" }, ({ stack }) => checkDrift(stack, allow, deps));
  } catch (fault) {
    if (!(fault instanceof AutomationError)) throw fault;
    // What does not exist yet has nothing that could have drifted.
    return { kind: fault.code === "usage" ? "not checked" : "error", reason: fault.message };
  }
}
