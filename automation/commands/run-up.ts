import { deployBundle, type DeployBundleOptions, type DeployedBundle } from "../bundle/deploy-bundle";
import { AutomationError } from "../errors";
import { resume } from "./resume";
import type { RunOptions, RunResult } from "./run-result";
import { up } from "./up";
import { upAll } from "./up-all";
import type { OperationResult, VerbDeps, VerbOptions } from "./verb";

export interface RunUpOptions extends RunOptions, Partial<Omit<DeployBundleOptions, keyof VerbOptions>> {
  /** Every project of the workspace instead of the one that the directory belongs to. */
  readonly all: boolean;
  /** Go on with the last run instead of beginning one. */
  readonly resume: boolean;
}

/** How an update ended, in each of its ways. */
export type RunUpResult = OperationResult | RunResult | DeployedBundle;

/** `trunkline up` in each of its ways. */
export async function runUp(deps: VerbDeps, options: RunUpOptions): Promise<RunUpResult> {
  const { bundle, all } = options;
  if ([bundle !== undefined, all, options.resume].filter(Boolean).length > 1) {
    throw new AutomationError("usage", "--all, --resume and --bundle each say what is brought up", {
      hint: "a bundle is of one stack, and --resume goes on with the stacks of the last run: leave all but one out",
    });
  }
  if (bundle !== undefined) return deployBundle(deps, { ...options, bundle });
  const given = (["reviewed", "digest", "acknowledge", "approval", "wait"] as const).find(
    (name) => options[name] !== undefined,
  );
  if (given !== undefined) {
    throw new AutomationError("usage", `--${given} is about a bundle, and none is named`, {
      hint: "name the file that trunkline preview --bundle wrote: --bundle FILE",
    });
  }
  if (options.resume) return resume(deps, options);
  return all ? upAll(deps, options) : up(deps, options);
}
