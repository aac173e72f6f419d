import { AutomationError } from "../errors";
import { preview, type PreviewOptions, type PreviewResult } from "./preview";
import type { StacksResult } from "./stacks-result";
import type { VerbDeps } from "./verb";

export interface RunPreviewOptions extends PreviewOptions {
  /** Every project of the workspace instead of the one that the directory belongs to; `bundle` is a directory then. */
  readonly all: boolean;
  /** How many stacks at once, 1 or more. */
  readonly parallel: number;
}

/** How a preview ended, in each of its ways. */
export type RunPreviewResult = PreviewResult | StacksResult;

/** `trunkline preview` in each of its ways. */
export async function runPreview(deps: VerbDeps, options: RunPreviewOptions): Promise<RunPreviewResult> {
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
