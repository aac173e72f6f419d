import { createRequire } from "node:module";
import { PIPELINE_REPORT_VERSION, type PipelineReport } from "../report/pipeline-report";

/** Closes a report with its version, its time and the version of this package. */
export function reportOf(
  content: Omit<PipelineReport, "version" | "createdAt" | "trunkline">,
  now = new Date(),
): PipelineReport {
  return { version: PIPELINE_REPORT_VERSION, createdAt: now.toISOString(), trunkline: packageVersion(), ...content };
}

function packageVersion(): string {
  return (createRequire(__filename)("trunkline/package.json") as { version: string }).version;
}
