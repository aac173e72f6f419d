import { AutomationError } from "../errors";
import { preview, type PreviewOptions, type PreviewResult } from "./preview";
import type { StackReport } from "../report/pipeline-report";
import { bundleWork } from "../run/work-report";
import type { StacksResult } from "./stacks-result";
import { withRecorded } from "./up-reports";
import type { VerbDeps } from "./verb";
import { withRunReport, type Recorded, type ReportedOptions } from "./with-run-report";

export interface RunPreviewOptions extends PreviewOptions, ReportedOptions {
  /** Every project of the workspace instead of the one that the directory belongs to; `bundle` is a directory then. */
  readonly all: boolean;
  /** How many stacks at once, 1 or more. */
  readonly parallel: number;
}

/** How a preview ended, in each of its ways. */
export type RunPreviewResult = PreviewResult | StacksResult;

/** `trunkline preview` in each of its ways, with a report of it where one is asked for. */
export function runPreview(deps: VerbDeps, options: RunPreviewOptions): Promise<RunPreviewResult> {
  return withRunReport(
    deps,
    options,
    "preview",
    (recording) => previewInItsWay(recording, options),
    (result, recorded) => previewReports(result, recorded),
  );
}

function previewReports(result: RunPreviewResult, recorded: Recorded): StackReport[] {
  const { environment } = result;
  if (result.kind === "stacks") return result.stacks.map((stack) => withRecorded(stack, recorded));
  const known = result.kind === "bundled" ? bundleWork(result.bundle) : {};
  return [...recorded].map(([project, work]) => ({ ...work, ...known, project, environment, reasons: [] }));
}

async function previewInItsWay(deps: VerbDeps, options: RunPreviewOptions): Promise<RunPreviewResult> {
  if (!options.all) return preview(deps, options);
  const about = (["expiresIn", "reviewed"] as const).find((name) => options[name] !== undefined);
  if (about !== undefined && options.bundle === undefined) {
    const option = about === "expiresIn" ? "expires-in" : about;
    throw new AutomationError("usage", `--${option} is about bundles, and none are written`, {
      hint: "say where to write them: --bundle DIRECTORY",
    });
  }
  // A preview of one project is not to wait for what reads a whole workspace.
  const { previewAll } = await import("./preview-all.js");
  return previewAll(deps, options);
}
