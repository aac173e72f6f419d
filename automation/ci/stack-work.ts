import { join } from "node:path";
import { deployBundle } from "../bundle/deploy-bundle";
import { existsSync } from "node:fs";
import type { Bundle } from "../bundle/bundle";
import { readBundle } from "../bundle/read-bundle";
import { bundleDependencies } from "../bundle/resource-dependencies";
import { preview } from "../commands/preview";
import { rehearse } from "../commands/rehearse";
import type { VerbDeps, VerbOptions } from "../commands/verb";
import { AutomationError } from "../errors";
import type { StackReport } from "../report/pipeline-report";
import { reportResources, type ResourceDependencies } from "../report/report-resources";
import type { OperationReport } from "../stack/run-operation";
import type { Project } from "../workspace/project";

/** What a run of CI does with each of its stacks. */
export interface StackWork extends Pick<VerbOptions, "target" | "engine"> {
  readonly environment: string;
  /** Where bundles lie. */
  readonly directory: string;
  /** The bundles were made by the job before; else each is made anew. */
  readonly planned: boolean;
  /** Where the bundles lie that were reviewed in the pull request. @default none were */
  readonly reviewed?: string;
  /** URNs of stateful resources that may be lost, for the bundle of this digest. */
  readonly acknowledge: readonly string[];
  readonly digest?: string;
  /** Files of signed approvals. */
  readonly approval: readonly string[];
  /** Minutes that approvals are waited for. */
  readonly wait: number;
}

/** What became of the work on a stack: its report but for what is known without the work. */
export type WorkReport = Omit<StackReport, "project" | "environment" | "reasons">;

/** The file of a stack's bundle in a directory. */
export function bundleFile(directory: string, project: string, environment: string): string {
  return join(directory, `${encodeURIComponent(project)}.${environment}.bundle.json`);
}

/** Previews a stack and writes its bundle. */
export async function previewStack(deps: VerbDeps, project: Project, work: StackWork): Promise<WorkReport> {
  const { environment, target, engine, directory } = work;
  const bundle = bundleFile(directory, project.name, environment);
  const reviewed = work.reviewed && bundleFile(work.reviewed, project.name, environment);
  const options = { cwd: project.directory, env: environment, target, engine, bundle };
  const result = await preview(deps, { ...options, ...(reviewed && existsSync(reviewed) && { reviewed }) });
  if (result.kind !== "bundled") return operationReport("failed", result.report);
  const { bundle: made, report } = result;
  const outcome = made.changes.length > 0 ? "changing" : "unchanged";
  return { ...operationReport(outcome, report, bundleDependencies(made)), ...bundleReport(made) };
}

/** Applies the bundle of a stack, or one that is made now where there is none, if the gate is open. */
export async function applyStackBundle(deps: VerbDeps, project: Project, work: StackWork): Promise<WorkReport> {
  const { environment, target, engine, directory, planned, acknowledge, digest, approval, wait } = work;
  const file = bundleFile(directory, project.name, environment);
  if (!planned || !existsSync(file)) {
    const previewed = await previewStack(deps, project, work);
    if (previewed.result !== "changing") return previewed;
  }
  const read = await readBundle(file);
  if (read.kind === "bundle" && read.bundle.changes.length === 0) {
    return { ...NOTHING, result: "unchanged", ...bundleReport(read.bundle) };
  }
  const known = read.kind === "bundle" ? bundleReport(read.bundle) : {};
  const meant = digest !== undefined && read.kind === "bundle" && read.bundle.digest.includes(digest);
  const reviewed = work.reviewed && bundleFile(work.reviewed, project.name, environment);
  const result = await deployBundle(deps, {
    ...{ cwd: project.directory, env: environment, target, engine, bundle: file, approval, wait },
    ...(reviewed && existsSync(reviewed) && { reviewed }),
    ...(meant && { digest, acknowledge }),
  });
  if (result.kind === "refused") {
    const { decision } = result;
    return { ...NOTHING, ...known, result: decision.kind === "waiting" ? "waiting" : "refused", gate: decision };
  }
  const { approvedBy } = result;
  const gate = { kind: "open", reasons: [], approvedBy } as const;
  const dependencies = bundleDependencies(result.bundle);
  return { ...operationReport(result.kind, result.report, dependencies), ...bundleReport(result.bundle), gate };
}

/** Takes a stack through preview, update and second preview in the simulated cloud. */
export async function rehearseStack(deps: VerbDeps, project: Project, work: StackWork): Promise<WorkReport> {
  const { environment: env, target, engine } = work;
  if (target !== "rehearsal") throw new AutomationError("fault", "only a rehearsal is rehearsed");
  const result = await rehearse(deps, { cwd: project.directory, env, target, engine });
  if (result.kind === "rehearsed") {
    const [first, brought] = result.reports;
    if (!first || !brought) return { ...NOTHING, result: "unchanged" };
    const resources = reportResources(brought, result.dependencies);
    return { ...operationReport(first.changed ? "changing" : "unchanged", first), resources };
  }
  const detail = result.kind === "unsettled" ? "the second preview has changes: the program never settles" : undefined;
  return { ...operationReport("failed", result.report), ...(detail !== undefined && { detail }) };
}

/** A report of a stack on which nothing was done. */
export const NOTHING = { counts: {}, changes: [], policies: [], messages: [], durationMs: 0 } as const;

function bundleReport({ digest, expiresAt, changes }: Bundle): Pick<WorkReport, "bundle" | "changes"> {
  return { bundle: { digest, expiresAt }, changes };
}

function operationReport(
  result: StackReport["result"],
  report: OperationReport,
  dependencies: ResourceDependencies = new Map(),
): WorkReport {
  const { counts, tree, fault, durationMs } = report;
  return {
    ...{ result, counts: { ...counts }, changes: [], policies: tree.policies, messages: tree.messages },
    resources: reportResources(report, dependencies),
    durationMs: Math.round(durationMs),
    ...(fault !== undefined && { detail: fault }),
  };
}
