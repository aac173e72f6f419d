import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { reportOf } from "../ci/report-of";
import type { EngineSession } from "../engine/engine-session";
import { AutomationError } from "../errors";
import { LAST_STEP, lastUpdate, updateEvent } from "../report/last-update";
import { maskedCopy } from "../report/mask";
import type { PageData } from "../report/page-data";
import { pageOfFile } from "../report/page-of-file";
import { pageOfReport } from "../report/page-of-report";
import { writePage } from "../report/write-report";
import { withStack, type VerbDeps, type VerbOptions } from "./verb";

export interface ReportOptions extends VerbOptions {
  /** A report, a bundle, or the record of a release. @default the last update of the environment */
  readonly file?: string;
  /** The file of the page. */
  readonly output: string;
}

/** The page that was written. */
export interface ReportResult {
  readonly kind: "written";
  readonly file: string;
  readonly title: string;
  /** How many resources it shows. */
  readonly resources: number;
}

/** Writes a page that shows a run, a bundle or a release; it needs nothing beside it, and reaches nothing. */
export async function report(deps: VerbDeps, options: ReportOptions): Promise<ReportResult> {
  const { cwd, file, output } = options;
  const page =
    file === undefined ? await pageOfStack(deps, options) : pageOfFile(await textOf(resolve(cwd, file)), file);
  const data = maskedCopy(page, deps.secrets.mask);
  const path = resolve(cwd, output);
  await writePage(path, data);
  const resources = data.stacks.reduce((sum, stack) => sum + stack.resources.length, 0);
  return { kind: "written", file: path, title: data.title, resources };
}

/** The page of the last update of a stack, from its history and state; nothing is run. */
async function pageOfStack(deps: VerbDeps, options: ReportOptions): Promise<PageData> {
  const silent = { ...deps, opened: (_: unknown, session: EngineSession) => deps.secrets.add(session.secrets) };
  const needs = { absent: "refuse", stateOnly: true, readOnly: true } as const;
  return withStack(silent, options, needs, async ({ stack, environment, reason }) => {
    const [update] = await stack.history(1, 1, false);
    if (!update) {
      throw new AutomationError("usage", `the history of ${environment} is empty: nothing was ever updated`, {
        hint: "bring it up first, or name a file: trunkline report FILE",
        errorCode: "report-without-history",
      });
    }
    const { name: project } = await stack.workspace.projectSettings();
    const told = lastUpdate(update, await stack.exportStack(), { project, environment });
    const content = { step: LAST_STEP, reason, event: updateEvent(update), environment, target: options.target };
    return pageOfReport(reportOf({ ...content, stacks: [told] }, update.endTime ?? update.startTime));
  });
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new AutomationError("usage", `${path} cannot be read: ${cause instanceof Error ? cause.message : ""}`, {
      hint: "name the report.json of trunkline ci, a bundle of trunkline preview --bundle, or the record of a release",
      cause,
    });
  }
}
