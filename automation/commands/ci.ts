import { resolve } from "node:path";
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { applyStep } from "../ci/apply-step";
import { commentsOf } from "../ci/comments-of";
import { runUrlOf } from "../ci/run-url-of";
import { ciStep, type CiPhase } from "../ci/ci-step";
import { dropCredentials, loginWhenOpened } from "../ci/job-credentials";
import { reportOf } from "../ci/report-of";
import { runDrift, runStep } from "../ci/run-step";
import { bundleFile, type StackWork } from "../run/stack-work";
import { AutomationError } from "../errors";
import { readEvent } from "../events/read-event";
import { publishReport, type Published } from "../report/publish-report";
import type { PipelineReport, PipelineStep, StackReport } from "../report/pipeline-report";
import { loadSettings } from "../settings/load-settings";
import { resolveEvent } from "../stack/resolve-event";
import { decidePipeline } from "../workspace/decide-pipeline";
import { recordsOf } from "../workspace/records-of";
import { workspaceRoot } from "../workspace/workspace-root";
import type { VerbDeps, VerbOptions } from "./verb";

export interface CiOptions extends Omit<VerbOptions, "env"> {
  /** The part of a push that this job does. @default planned, gated and applied in one */
  readonly phase?: CiPhase;
  /** Only tells what would be done: no network, no engine. */
  readonly decide: boolean;
  /** Where bundles and the report lie, from the workspace's root. */
  readonly directory: string;
  /** Where the bundles lie that were reviewed in the pull request, from the workspace's root. */
  readonly reviewed?: string;
  readonly acknowledge: readonly string[];
  readonly digest?: string;
  readonly approval: readonly string[];
  readonly wait: number;
}

/** How a run of CI ended. */
export type CiResult =
  | { readonly kind: "nothing"; readonly reason: string }
  | { readonly kind: "decided"; readonly step: PipelineStep; readonly environment: string; readonly reason: string }
  | { readonly kind: "ran"; readonly report: PipelineReport; readonly file: string; readonly told: Published };

/**
 * Does what the event of a CI system asks for: previews a pull request, plans and applies a push, looks for drift on a
 * schedule, rehearses what comes from a fork. What became of it is told in the report, whose faults never change the result.
 */
export async function ci(deps: VerbDeps, options: CiOptions): Promise<CiResult> {
  const env = deps.env ?? process.env;
  const root = workspaceRoot(options.cwd);
  deps.secrets.follow((secret) => deps.host.mask(secret));
  const event = await readEvent({ git: deps.git, env, directory: root });
  const resolution = resolveEvent(event, loadSettings(root));
  if (resolution.kind === "none") {
    for (const name of ["step", "environment", "prefix"]) deps.host.output(name, name === "step" ? "nothing" : "");
    return { kind: "nothing", reason: resolution.reason };
  }
  const { environment, action } = resolution;
  const decision = ciStep(action, options.phase);
  if (decision.kind === "refused") throw new AutomationError("refused", decision.reason, { errorCode: "step-refused" });
  const { step } = decision;
  const reason = `${resolution.reason}: ${decision.reason}`;
  deps.host.output("step", step);
  deps.host.output("environment", environment);
  deps.host.output("prefix", environment.toUpperCase());
  if (options.decide) return { kind: "decided", step, environment, reason };

  const github = step === "rehearse" ? undefined : await deps.gate.github();
  if (step === "rehearse") dropCredentials(process.env);
  const job = loginWhenOpened(deps, process.env);
  const target = step === "rehearse" ? "rehearsal" : options.target;
  const directory = resolve(root, options.directory);
  const reviewed = options.reviewed === undefined ? undefined : resolve(root, options.reviewed);
  const planned = options.phase === "apply";
  const work: StackWork = { ...options, target, environment, directory, reviewed, planned };
  const head = { step, reason, event, environment, target };
  let report: PipelineReport;
  let thrown: Error | undefined;
  try {
    mkdirSync(directory, { recursive: true });
    report = reportOf({ ...head, stacks: await stacksOf(job.deps, options, step, work) });
  } catch (error) {
    thrown = error instanceof Error ? error : new Error(String(error));
    report = reportOf({ ...head, stacks: [], fault: thrown.message });
  } finally {
    job.close();
  }
  // The job that applies gets what was reviewed together with the plan.
  if (step === "plan" && reviewed !== undefined && existsSync(reviewed)) {
    cpSync(reviewed, resolve(directory, "reviewed"), { recursive: true });
  }
  const file = resolve(directory, "report.json");
  const runUrl = runUrlOf(env);
  const comments = step === "rehearse" ? undefined : commentsOf(event, env, github);
  const told = await publishReport(
    { host: deps.host, mask: deps.secrets.mask, ...(comments && { comments }) },
    report,
    {
      file,
      ...(runUrl !== undefined && { runUrl }),
    },
  );
  for (const fault of told.faults) deps.host.annotate("warning", fault);
  deps.host.output("apply", String(step === "plan" && report.stacks.some(isPlanned)));
  if (thrown !== undefined) {
    for (const fault of told.faults) deps.note(`warning: ${fault}`);
    throw thrown;
  }
  return { kind: "ran", report: told.report, file, told };
}

async function stacksOf(
  deps: VerbDeps,
  { cwd, engine }: CiOptions,
  step: PipelineStep,
  work: StackWork,
): Promise<StackReport[]> {
  const { target, environment } = work;
  if (step === "nothing") return [];
  if (step === "drift") return runDrift(deps, cwd, work);
  const env = deps.env ?? process.env;
  const readRecords = recordsOf({ openEngine: deps.openEngine, env }, { target, engine });
  const decided = await decidePipeline({ git: deps.git, env, readRecords }, { cwd, asked: environment, fetch: true });
  if (step === "apply") return applyStep(deps, decided.root, decided.stacks, work);
  // What waits has no bundle: one of an earlier run must not be taken for it.
  for (const { project } of decided.stacks)
    rmSync(bundleFile(work.directory, project.name, environment), { force: true });
  const affected = decided.stacks.filter(({ reasons }) => reasons.length > 0);
  return runStep(deps, step, affected, work);
}

function isPlanned({ result }: StackReport): boolean {
  return result === "changing" || result === "waiting";
}
