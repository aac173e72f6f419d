import { AutomationError } from "../errors";
import { resume } from "./resume";
import type { RunOptions, RunResult } from "./run-result";
import { up } from "./up";
import { upAll } from "./up-all";
import type { OperationResult, VerbDeps } from "./verb";

export interface RunUpOptions extends RunOptions {
  /** Every project of the workspace instead of the one that the directory belongs to. */
  readonly all: boolean;
  /** Go on with the last run instead of beginning one. */
  readonly resume: boolean;
}

/** `trunkline up` in each of its ways. */
export function runUp(deps: VerbDeps, options: RunUpOptions): Promise<OperationResult | RunResult> {
  if (options.resume) {
    if (options.all) {
      throw new AutomationError(
        "usage",
        "--resume goes on with the stacks of the last run: it does not go with --all",
        {
          hint: "leave one of them out",
        },
      );
    }
    return resume(deps, options);
  }
  return options.all ? upAll(deps, options) : up(deps, options);
}
