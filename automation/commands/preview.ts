import { resolve } from "node:path";
import type { Bundle } from "../bundle/bundle";
import { bundleFacts } from "../bundle/bundle-facts";
import { createBundle } from "../bundle/create-bundle";
import { reviewedBundle } from "../bundle/deploy-bundle";
import { writeBundle } from "../bundle/read-bundle";
import { AutomationError } from "../errors";
import { readEvent } from "../events/read-event";
import type { OutputConsumer } from "../outputs/output-readers";
import { findProject } from "../stack/find-project";
import { runOperation, type OperationReport } from "../stack/run-operation";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { outputConsumers } from "../workspace/output-consumers";
import { recordsOf } from "../workspace/records-of";
import {
  operationResult,
  withStack,
  type OpenEnvironment,
  type OperationResult,
  type VerbDeps,
  type VerbOptions,
} from "./verb";

export interface PreviewOptions extends VerbOptions {
  /** Where the bundle of the preview is written. @default no bundle is made */
  readonly bundle?: string;
  /** How long the bundle may be applied, in hours. @default 168 */
  readonly expiresIn?: number;
  /** The file of the bundle that was reviewed in the pull request, whose approval the new one may inherit. */
  readonly reviewed?: string;
}

/** How a preview ended. */
export type PreviewResult =
  | OperationResult
  | {
      readonly kind: "bundled";
      readonly environment: EnvironmentName;
      readonly report: OperationReport;
      readonly bundle: Bundle;
      /** Where it was written. */
      readonly file: string;
    };

/** Shows what an update of an environment would change, and changes nothing; with `bundle`, writes down what a reviewer approves. */
export async function preview(deps: VerbDeps, options: PreviewOptions): Promise<PreviewResult> {
  const { bundle: file } = options;
  if (file === undefined && (options.expiresIn !== undefined || options.reviewed !== undefined)) {
    throw new AutomationError("usage", "--expires-in and --reviewed are about a bundle, and none is written", {
      hint: "say where to write it: --bundle FILE",
    });
  }
  return withStack(deps, options, { absent: "create", readOnly: true }, async (opened) => {
    if (file !== undefined) return bundled(deps, options, opened, resolve(file));
    return operationResult(opened.environment, await runOperation(opened.stack, "preview", deps));
  });
}

async function bundled(
  deps: VerbDeps,
  options: PreviewOptions,
  opened: OpenEnvironment,
  file: string,
): Promise<PreviewResult> {
  const { environment } = opened;
  const { target, engine, expiresIn, reviewed } = options;
  const projectDir = findProject(options.cwd);
  const event = await readEvent({ git: deps.git, env: deps.env ?? process.env, directory: projectDir });
  const facts = await bundleFacts(deps.gate.checkout, { projectDir, environment, target, event });
  const created = await createBundle(opened, facts, engine, deps, {
    now: deps.gate.clock(),
    consumers: () => consumersOf(deps, options, opened, facts.project),
    ...(expiresIn !== undefined && { validHours: expiresIn }),
    ...(reviewed !== undefined && { reviewed: await reviewedBundle(reviewed) }),
  });
  if (created.kind === "failed") return { kind: "failed", environment, report: created.report };
  await writeBundle(file, created.bundle);
  return { kind: "bundled", environment, report: created.report, bundle: created.bundle, file };
}

function consumersOf(
  deps: VerbDeps,
  { target, engine }: PreviewOptions,
  { projectDir, environment }: OpenEnvironment,
  project: string,
): Promise<OutputConsumer[]> {
  const readRecords = recordsOf(deps, { target, engine });
  return outputConsumers(deps.git, { projectDir, project, environment, readRecords });
}
