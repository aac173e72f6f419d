import type { z } from "zod";
import { parseBundle } from "../bundle/read-bundle";
import { AutomationError } from "../errors";
import { releaseEntrySchema, type ReleaseEntry } from "../release/release-entry";
import { pageOfBundle } from "./page-of-bundle";
import { journalRecord } from "./journal-record";
import { pageOfRelease, releaseRecordSchema } from "./page-of-release";
import { pageOfReport } from "./page-of-report";
import type { PageData } from "./page-data";
import { PIPELINE_REPORT_VERSION, pipelineReportSchema } from "./pipeline-report";
import { schemaFaults } from "../settings/schema-faults";

const ANEW = "name the report.json of trunkline ci, a bundle of trunkline preview --bundle, or the record of a release";

/** The page of what a file holds, told by its content: a report, a bundle, or the record of a release. */
export function pageOfFile(text: string, file: string): PageData {
  const refuse = (problem: string, hint = ANEW) =>
    new AutomationError("usage", `${file} ${problem}`, { hint, errorCode: "report-not-understood" });
  const entries = releaseEntries(text);
  if (entries) return pageOfRelease(journalRecord(entries));
  const content = jsonOf(text);
  if (typeof content !== "object" || content === null || Array.isArray(content))
    throw refuse("is no JSON of trunkline's");
  if ("plan" in content && "digest" in content) {
    const read = parseBundle(text);
    if (read.kind === "refused") throw refuse(`is no bundle: ${read.reason.message}`, read.reason.hint);
    return pageOfBundle(read.bundle);
  }
  if ("timeline" in content) return pageOfRelease(parsed(releaseRecordSchema, content, "record of a release", refuse));
  if ("version" in content && content.version !== PIPELINE_REPORT_VERSION) {
    throw refuse(
      `has version ${JSON.stringify(content.version)}, this trunkline reads version ${PIPELINE_REPORT_VERSION}`,
      "use the version of trunkline that wrote it",
    );
  }
  return pageOfReport(parsed(pipelineReportSchema, content, "report", refuse));
}

/** The lines of the journal of an endpoint's releases; undefined for any other file. A last line that was cut is dropped. */
function releaseEntries(text: string): ReleaseEntry[] | undefined {
  const lines = text.split("\n").slice(0, -1);
  const entries = lines.flatMap((line) => releaseEntrySchema.safeParse(jsonOf(line)).data ?? []);
  return entries.length > 0 && entries.length === lines.length ? entries : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parsed<T>(
  schema: z.ZodType<T>,
  content: unknown,
  what: string,
  refuse: (problem: string) => AutomationError,
): T {
  const { data, error } = schema.safeParse(content);
  if (!error) return data;
  const faults = schemaFaults(content, error.issues.slice(0, 5));
  throw refuse(`is no ${what}: ${faults.join("; ")}`);
}
