import { existsSync } from "node:fs";
import { join } from "node:path";
import { deployBundle, type DeployedBundle } from "../bundle/deploy-bundle";
import { readBundle } from "../bundle/read-bundle";
import { bundleDependencies } from "../bundle/resource-dependencies";
import { preview } from "../commands/preview";
import { chosenEnvironment, withProjectStack, type VerbDeps, type VerbOptions } from "../commands/verb";
import type { StackState } from "../journal/run-journal";
import { brokenText } from "../outputs/output-readers";
import type { Project } from "../workspace/project";
import { ownedOperations } from "./owned-operation";
import { settleStack } from "./settle-stack";
import { bundleWork, NOTHING, operationWork, type WorkReport } from "./work-report";

/** What a run does with the bundles of its stacks. */
export interface StackWork extends Pick<VerbOptions, "target" | "engine"> {
  readonly environment: string;
  /** Where bundles lie. */
  readonly directory: string;
  /** The bundles were made before; else each is made anew. */
  readonly planned: boolean;
  /** Where the bundles lie that were reviewed in the pull request. @default none were */
  readonly reviewed?: string;
  /** How long the bundles that are made may be applied, in hours. @default 168 */
  readonly expiresIn?: number;
  /** URNs of stateful resources that may be lost, for the bundle of this digest. */
  readonly acknowledge: readonly string[];
  readonly digest?: string;
  /** Files of signed approvals. */
  readonly approval: readonly string[];
  /** Minutes that approvals are waited for. */
  readonly wait: number;
}

/** The file of a stack's bundle in a directory. */
export function bundleFile(directory: string, project: string, environment: string): string {
  return join(directory, `${encodeURIComponent(project)}.${environment}.bundle.json`);
}

/** Previews a stack and writes its bundle. */
export async function previewStack(deps: VerbDeps, project: Project, work: StackWork): Promise<WorkReport> {
  const { environment, target, engine, directory, expiresIn } = work;
  const bundle = bundleFile(directory, project.name, environment);
  const options = { cwd: project.directory, env: environment, target, engine, bundle, expiresIn };
  const result = await preview(deps, { ...options, ...reviewedOf(project, work) });
  if (result.kind !== "bundled") return operationWork("failed", result.report);
  const { bundle: made, report } = result;
  const outcome = made.changes.length > 0 ? "changing" : "unchanged";
  const detail = made.brokenOutputs?.map(brokenText).join("; ");
  return {
    ...operationWork(outcome, report, bundleDependencies(made)),
    ...bundleWork(made),
    ...(detail !== undefined && { detail }),
  };
}

/**
 * Applies the bundle of a stack, or one that is made now where there is none, if the gate is open. Of a stack that a run
 * before left in the midst, by what is `known` or by what its state tells, it is found out what became of it, and the bundle
 * is made anew: it says what is left to do, and the gate is asked about that.
 */
export async function applyStackBundle(
  deps: VerbDeps,
  project: Project,
  work: StackWork,
  known?: StackState,
  begin?: () => Promise<void>,
): Promise<WorkReport> {
  const midst = known === "unknown" || known === "applying";
  const unsettled = midst ? await settleProject(deps, project, work) : undefined;
  if (unsettled) return unsettled;
  const left = midst || known === "failed";
  const first = await applyOnce(deps, project, { ...work, planned: work.planned && !left }, begin);
  if (!first.gate?.reasons.some(({ code }) => code === "state-unsettled")) return first;
  return (await settleProject(deps, project, work)) ?? applyOnce(deps, project, { ...work, planned: false }, begin);
}

async function applyOnce(
  deps: VerbDeps,
  project: Project,
  work: StackWork,
  begin: (() => Promise<void>) | undefined,
): Promise<WorkReport> {
  const { environment, target, engine, directory, planned, acknowledge, digest, approval, wait } = work;
  const file = bundleFile(directory, project.name, environment);
  if (!planned || !existsSync(file)) {
    const previewed = await previewStack(deps, project, work);
    if (previewed.result !== "changing") return previewed;
  }
  const read = await readBundle(file);
  if (read.kind === "bundle" && read.bundle.changes.length === 0) {
    return { ...NOTHING, result: "unchanged", ...bundleWork(read.bundle) };
  }
  const known = read.kind === "bundle" ? bundleWork(read.bundle) : {};
  const meant = digest !== undefined && read.kind === "bundle" && read.bundle.digest.includes(digest);
  const result = await deployBundle(deps, {
    ...{ cwd: project.directory, env: environment, target, engine, bundle: file, approval, wait },
    ...reviewedOf(project, work),
    ...(meant && { digest, acknowledge }),
    ...(begin && { begin }),
  });
  return { ...NOTHING, ...known, ...deployedWork(result) };
}

/** What applying a bundle came to. */
export function deployedWork(result: DeployedBundle): Partial<WorkReport> & Pick<WorkReport, "result"> {
  if (result.kind === "refused") {
    const { decision } = result;
    return { result: decision.kind === "waiting" ? "waiting" : "refused", gate: decision };
  }
  const { approvedBy, report, outcome } = result;
  const gate = { kind: "open", reasons: [], approvedBy } as const;
  const dependencies = bundleDependencies(result.bundle);
  const work = { ...operationWork(result.kind, report, dependencies), ...bundleWork(result.bundle), gate };
  if (outcome.kind === "unknown") return { ...work, result: "unknown", detail: outcome.reason };
  return outcome.kind === "stopped" ? { ...work, result: "stopped" } : work;
}

/** Finds out what became of a stack that a run has left in its midst; answers a report where that failed. */
async function settleProject(deps: VerbDeps, project: Project, work: StackWork): Promise<WorkReport | undefined> {
  const { environment: env, target, engine } = work;
  const chosen = await chosenEnvironment(deps, { env, target }, project.directory);
  const request = { projectDir: project.directory, chosen, target, engine };
  return withProjectStack(deps, request, { absent: "create" }, async ({ stack }) => {
    const operate = await ownedOperations(deps.owners, stack);
    const failed = await settleStack(deps, stack, operate);
    return failed && operationWork("failed", failed);
  });
}

function reviewedOf({ name }: Project, { reviewed, environment }: StackWork): { reviewed?: string } {
  const file = reviewed && bundleFile(reviewed, name, environment);
  return file && existsSync(file) ? { reviewed: file } : {};
}
