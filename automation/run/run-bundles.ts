import { resolve } from "node:path";
import type { BundlesConsent } from "../commands/up-all-bundles";
import type { VerbDeps, VerbOptions } from "../commands/verb";
import { runWork, type WorkRun } from "./run-work";
import { applyStackBundle } from "./stack-work";
import { workOutcome, type WorkReport } from "./work-report";

/** Which bundles are applied, and how their gates are opened. */
export interface BundlesRun
  extends
    BundlesConsent,
    Pick<VerbOptions, "target" | "engine">,
    Pick<WorkRun, "projects" | "dependencies" | "parallel" | "journal" | "known"> {
  readonly environment: string;
  /** Where the bundles lie. */
  readonly directory: string;
}

/** Applies the bundles of several stacks, each after those that it builds on and behind its own gate. */
export function runBundles(deps: VerbDeps, run: BundlesRun): Promise<ReadonlyMap<string, WorkReport>> {
  const { environment, directory, target, engine, digest } = run;
  const { reviewed, acknowledge = [], approval = [], wait = 0 } = run;
  const consent = { acknowledge, approval, wait, ...(digest !== undefined && { digest }) };
  const work = {
    ...{ environment, directory, target, engine, planned: true, ...consent },
    ...(reviewed !== undefined && { reviewed: resolve(reviewed) }),
  };
  return runWork({
    ...run,
    signal: deps.signal,
    outcome: workOutcome,
    work: (project, known, begin) => applyStackBundle(deps, project, work, known, begin),
  });
}
