import { deployBundle, type DeployBundleOptions, type DeployedBundle } from "../bundle/deploy-bundle";
import { AutomationError } from "../errors";
import { resume } from "./resume";
import type { RunOptions, RunResult } from "./run-result";
import type { StacksResult } from "./stacks-result";
import { up } from "./up";
import { upAll } from "./up-all";
import { upAllBundles } from "./up-all-bundles";
import { upReports } from "./up-reports";
import { withRunReport, type ReportedOptions } from "./with-run-report";
import { upRemote, type UpRemoteResult } from "./up-remote";
import type { OperationResult, VerbDeps, VerbOptions } from "./verb";

export interface RunUpOptions
  extends RunOptions, ReportedOptions, Partial<Omit<DeployBundleOptions, keyof VerbOptions>> {
  /** Every project of the workspace instead of the one that the directory belongs to. */
  readonly all: boolean;
  /** Go on with the last run instead of beginning one. */
  readonly resume: boolean;
  /** The organization of Pulumi Cloud whose Deployments bring the stack up. @default it is brought up from here */
  readonly remote?: string;
  /** Address of the repository, which Pulumi Deployments can read. */
  readonly repositoryUrl?: string;
}

/** How an update ended, in each of its ways. */
export type RunUpResult = OperationResult | RunResult | StacksResult | DeployedBundle | UpRemoteResult;

/** `trunkline up` in each of its ways. */
/** `trunkline up` in each of its ways, with a report of it where one is asked for. */
export function runUp(deps: VerbDeps, options: RunUpOptions): Promise<RunUpResult> {
  if (options.report !== undefined && options.remote !== undefined) {
    throw new AutomationError(
      "usage",
      "--report tells of a run from here, and --remote brings the stack up elsewhere",
      {
        hint: "leave --report out; trunkline report shows the update once it is done",
      },
    );
  }
  return withRunReport(
    deps,
    options,
    "apply",
    (recording) => upInItsWay(recording, options),
    (result, recorded) => upReports(result, recorded, options),
  );
}

async function upInItsWay(deps: VerbDeps, options: RunUpOptions): Promise<RunUpResult> {
  const { bundle, all, remote, repositoryUrl } = options;
  if ([all || bundle !== undefined, options.resume, remote !== undefined].filter(Boolean).length > 1) {
    throw new AutomationError("usage", "--all, --resume, --remote and --bundle each say what is brought up", {
      hint: "only --all and --bundle go together, --resume goes on with the stacks of the last run: leave the others out",
    });
  }
  if (bundle !== undefined && all) return upAllBundles(deps, { ...options, bundle });
  if (bundle !== undefined) return deployBundle(deps, { ...options, bundle });
  if (options.resume) return resume(deps, options);
  const given = (["reviewed", "digest", "acknowledge", "approval", "wait"] as const).find(
    (name) => options[name] !== undefined,
  );
  if (given !== undefined) {
    throw new AutomationError("usage", `--${given} is about a bundle, and none is named`, {
      hint: "name the file that trunkline preview --bundle wrote: --bundle FILE",
    });
  }
  if ((remote === undefined) !== (repositoryUrl === undefined)) {
    throw new AutomationError("usage", "--remote and --repository-url go together: one is given", {
      hint: "say whose Pulumi Deployments, and which repository they read: --remote acme --repository-url URL",
    });
  }
  if (remote !== undefined && repositoryUrl !== undefined) return upRemote(deps, { ...options, remote, repositoryUrl });
  return all ? upAll(deps, options) : up(deps, options);
}
