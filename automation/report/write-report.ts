import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { AutomationError } from "../errors";
import { pageCode } from "./page-code";
import type { PageData } from "./page-data";
import { pageOfReport } from "./page-of-report";
import type { PipelineReport } from "./pipeline-report";
import { renderPage } from "./render-page";

const ELSEWHERE = "name a file in a folder that exists and can be written to";

/** Refuses a file whose folder is not there or cannot be written to, before anything is done that it is to tell of. */
export function checkReportFile(path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error("it is a directory");
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** Writes a report, without secrets already: as a page, or as the JSON that `trunkline report` reads where the file ends in .json. */
export async function writeReport(path: string, report: PipelineReport): Promise<void> {
  if (!path.endsWith(".json")) return writePage(path, pageOfReport(report));
  await write(path, `${JSON.stringify(report, null, 2)}\n`);
}

/** Writes a page, without secrets already, to a file of its owner. */
export async function writePage(path: string, page: PageData): Promise<void> {
  await write(path, renderPage(page, pageCode()));
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(path, text, { mode: 0o600 });
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

function unwritable(path: string, cause: unknown): AutomationError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AutomationError("fault", `${path} cannot be written: ${why}`, {
    hint: ELSEWHERE,
    cause,
  });
}
