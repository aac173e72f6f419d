import { existsSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { bundleDependencies } from "../bundle/resource-dependencies";
import { runWork } from "../run/run-work";
import { bundleFile } from "../run/stack-work";
import { bundleWork, operationWork, workOutcome, type WorkReport } from "../run/work-report";
import { environmentStacks } from "../workspace/environment-stacks";
import { preview, type PreviewOptions } from "./preview";
import { stacksResult, type StacksResult } from "./stacks-result";
import type { VerbDeps } from "./verb";

export interface PreviewAllOptions extends PreviewOptions {
  /** How many stacks are previewed at once, 1 or more. */
  readonly parallel: number;
  /** The directory that the bundle of each stack is written to. @default no bundles are made */
  readonly bundle?: string;
  /** The directory of the bundles that were reviewed in the pull request. @default none were */
  readonly reviewed?: string;
}

/**
 * Previews the environment of every project of the workspace, each after those that it builds on. What builds on a stack that
 * is going to change waits for it, and is not previewed: nobody knows yet with which outputs it would be planned.
 */
export async function previewAll(deps: VerbDeps, options: PreviewAllOptions): Promise<StacksResult> {
  const { chosen, projects, dependencies } = await environmentStacks(deps, options, { readOnly: true });
  const { environment } = chosen;
  const directory = options.bundle === undefined ? undefined : resolve(options.bundle);
  const fileOf = (name: string) => directory && bundleFile(directory, name, environment);
  if (directory !== undefined) await mkdir(directory, { recursive: true });
  // What waits has no bundle: one of an earlier preview must not be taken for it.
  for (const file of projects.flatMap(({ name }) => fileOf(name) ?? [])) rmSync(file, { force: true });
  const reports = await runWork({
    projects,
    dependencies,
    parallel: options.parallel,
    signal: deps.signal,
    outcome: workOutcome,
    work: async ({ name, directory: cwd }): Promise<WorkReport> => {
      const reviewed = options.reviewed && bundleFile(resolve(options.reviewed), name, environment);
      const known = reviewed !== undefined && existsSync(reviewed) ? reviewed : undefined;
      const request = { ...options, cwd, env: environment, bundle: fileOf(name), reviewed: known };
      const result = await preview(deps, request);
      deps.ended(result.report);
      if (result.kind === "failed") return operationWork("failed", result.report);
      const changing =
        result.kind === "bundled"
          ? result.bundle.changes.length > 0
          : result.report.changed || result.report.tree.outputsChanged;
      const outcome = changing ? "changing" : "unchanged";
      if (result.kind !== "bundled") return operationWork(outcome, result.report);
      const { bundle, report } = result;
      return { ...operationWork(outcome, report, bundleDependencies(bundle)), ...bundleWork(bundle) };
    },
  });
  return stacksResult("preview", environment, reports);
}
