import { resolve } from "node:path";
import { reportOf } from "../ci/report-of";
import { readEvent } from "../events/read-event";
import type { PipelineEvent } from "../events/pipeline-event";
import { maskedCopy } from "../report/mask";
import type { PipelineStep, StackReport } from "../report/pipeline-report";
import { RunRecorder } from "../report/run-recorder";
import { checkReportFile, writeReport } from "../report/write-report";
import type { WorkReport } from "../run/work-report";
import type { ChosenEnvironment } from "../stack/choose-environment";
import type { VerbDeps, VerbOptions } from "./verb";

/** Options of a verb that can tell of its run in a report. */
export interface ReportedOptions extends VerbOptions {
  /** Where a page of the run is written; a file that ends in .json gets what `trunkline report` reads. @default nowhere */
  readonly report?: string;
}

/** What was recorded of each stack's last operation, by name of its project. */
export type Recorded = ReadonlyMap<string, WorkReport>;

/**
 * Runs a verb and, where it is asked for, writes a report of it, whether it succeeds, fails or is refused. A file that cannot
 * be written is refused before; what fails afterwards is told, and does not change how the run ended.
 */
export async function withRunReport<Result>(
  deps: VerbDeps,
  options: ReportedOptions,
  step: PipelineStep,
  run: (deps: VerbDeps) => Promise<Result>,
  stacksOf: (result: Result, recorded: Recorded) => StackReport[] | Promise<StackReport[]>,
): Promise<Result> {
  if (options.report === undefined) return run(deps);
  const path = resolve(options.cwd, options.report);
  checkReportFile(path);
  const recorder = new RunRecorder(deps);
  let chosen: ChosenEnvironment | undefined;
  const opened: VerbDeps["opened"] = (environment, session) => {
    chosen ??= environment;
    deps.opened(environment, session);
  };
  const tell = async (stacks: readonly StackReport[], fault?: string) => {
    const reason = chosen?.reason ?? "it was asked for";
    const { target } = options;
    const environment = chosen?.environment ?? stacks[0]?.environment;
    const report = reportOf({
      ...{ step, reason, target, stacks, event: await eventOf(deps, options) },
      ...(environment !== undefined && { environment }),
      ...(fault !== undefined && { fault }),
    });
    await writeReport(path, maskedCopy(report, deps.secrets.mask));
    deps.note(`the report is in ${path}`);
  };
  const attempt = async (work: () => Promise<void>) => {
    await work().catch((failure: Error) => deps.note(`warning: there is no report: ${failure.message}`));
  };
  try {
    const result = await run({ ...deps, opened, recorder });
    await attempt(async () => tell(await stacksOf(result, recorder.reports)));
    return result;
  } catch (failure) {
    const environment = chosen?.environment ?? "";
    const stacks = [...recorder.reports].map(([project, work]) => ({ ...work, project, environment, reasons: [] }));
    await attempt(() => tell(stacks, failure instanceof Error ? failure.message : String(failure)));
    throw failure;
  }
}

/** A report is of a run that somebody made, whatever cannot be told of it. */
async function eventOf({ git, env = process.env }: VerbDeps, { cwd }: VerbOptions): Promise<PipelineEvent> {
  const nothing: PipelineEvent = { kind: "manual", source: "git", fork: false };
  return readEvent({ git, env, directory: cwd }).catch(() => nothing);
}
