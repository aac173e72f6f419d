import type { OperationRequest } from "../arguments/operation-request";
import type { RunOperation } from "../commands/operate";
import { asError } from "../deployment/as-error";
import { isBail } from "../deployment/bail-error";
import { EngineError } from "../engine-error";
import { EventReporter } from "../events/event-reporter";
import { openEventLog } from "../events/event-log";
import { SecretFilter } from "../events/secret-filter";
import { CallLimits } from "../provider/call-limits";
import { limitedProviders } from "../provider/limited-provider";
import type { DeploymentFile } from "../state/deployment-file";
import { readPlan } from "../plan/read-plan";
import { writePlan } from "../plan/write-plan";
import { excludeProtected } from "./exclude-protected";
import { gitMetadata } from "./git-metadata";
import { Operation } from "./operation";
import { operationText } from "./operation-text";
import { settleCreations } from "./settle-creations";
import type { UpdateRecord } from "../session/stack-session";

/** Exit code of an operation that changed something although nothing was to change. */
const CHANGES_PROPOSED = 7;

/** How long providers may take to end what they do once an operation is aborted, in milliseconds. */
const CANCEL_GRACE_MS = 10_000;

/** Carries an operation out on an opened stack, under its lock unless it is a preview. */
export const runOperation: RunOperation = async (context, session, request, given) => {
  const startedAt = Date.now();
  // Read beside the operation, and at its beginning: what is checked out later is not what it ran.
  const repository = request.previewOnly ? undefined : gitMetadata(context.cwd);
  const config = await session.config();
  const secrets = [...config.values()].flatMap(({ value, secret }) => (secret ? [value] : []));
  const lock = request.previewOnly ? undefined : await session.lock();
  const limits = new CallLimits(given.cancelGraceMs ?? CANCEL_GRACE_MS, context.signal);
  const dependencies = { ...given, providers: limitedProviders(given.providers, limits) };
  try {
    const loaded = withoutPendingCreates(await session.load(), request);
    const settled = loaded && (await settleCreations(loaded, dependencies.providers));
    const base = settled?.deployment;
    const narrowed = request.excludeProtected ? excludeProtected(base?.resources ?? []) : undefined;
    if (narrowed && narrowed.deletable.length === 0 && narrowed.kept > 0) {
      context.out(`There were no unprotected resources to destroy. ${keptText(narrowed.kept)}\n`);
      return 0;
    }
    const log = openEventLog(request.eventLog);
    const reporter = new EventReporter(log, new SecretFilter(secrets), {
      planning: request.previewOnly,
      refreshing: request.kind === "refresh",
      debug: request.debug,
    });
    const targets = narrowed && narrowed.kept > 0 ? narrowed.deletable : request.targets;
    const plan = request.plan === undefined ? undefined : await readPlan(request.plan, context.cwd, session);
    const input = { context, session, request, dependencies, config, base, reporter, targets, plan };
    const operation = new Operation({ ...input, needsSave: session.needsSave || settled?.changed === true });
    const preludeConfig = [...config].map(([key, { value, secret }]) => [key, secret ? "[secret]" : value]);
    reporter.send({ preludeEvent: { config: Object.fromEntries(preludeConfig) as Record<string, string> } });
    for (const { severity, urn, text } of settled?.notes ?? []) reporter.diagnose(severity, urn, text);
    const failure = await operation.run().then(() => undefined, asError);
    const result = failure ? "failed" : "succeeded";
    reporter.finish(result, startedAt);
    reporter.send({ cancelEvent: {} });
    await log?.close();
    if (!request.previewOnly) {
      await session.record(recordOf(request, reporter, result, startedAt, (await repository) ?? {}));
    }
    context.out(operationText(operation, request, failure === undefined, startedAt));
    if (narrowed?.kept && !failure) {
      context.out(`All unprotected resources were destroyed. ${keptText(narrowed.kept)}\n`);
    }
    if (failure) {
      if (!isBail(failure)) throw failure;
      return 1;
    }
    if (operation.newPlan && request.savePlan !== undefined) {
      await writePlan(request.savePlan, context.cwd, operation.newPlan, config, session);
    }
    return refuseChanges(request, reporter);
  } finally {
    limits.close();
    await lock?.release();
  }
};

function keptText(count: number): string {
  return `There are still ${count} protected resources associated with this stack.`;
}

/** Forgets creations of which nobody knows what became, where that is what was asked for. */
function withoutPendingCreates(
  deployment: DeploymentFile | undefined,
  request: OperationRequest,
): DeploymentFile | undefined {
  if (!deployment || !request.clearPendingCreates) return deployment;
  return {
    ...deployment,
    pending_operations: deployment.pending_operations?.filter(({ type }) => type !== "creating"),
  };
}

function refuseChanges(request: OperationRequest, reporter: EventReporter): number {
  const changed = Object.entries(reporter.changes).some(
    ([op, count]) => !["same", "read", "discard", "read-replacement"].includes(op) && count > 0,
  );
  if (!request.expectNoChanges || !changed) return 0;
  const noun = request.kind === "up" ? "update" : request.kind;
  throw new EngineError(`no changes were expected for ${noun} but changes were proposed`, CHANGES_PROPOSED);
}

function recordOf(
  request: OperationRequest,
  reporter: EventReporter,
  result: UpdateRecord["result"],
  startedAt: number,
  repository: Readonly<Record<string, string>>,
): UpdateRecord {
  return {
    kind: request.kind === "up" ? "update" : request.kind,
    startTime: Math.floor(startedAt / 1000),
    message: request.message,
    environment: {
      ...repository,
      "exec.kind": request.execKind,
      ...(request.execAgent ? { "exec.agent": request.execAgent } : {}),
    },
    result,
    endTime: Math.floor(Date.now() / 1000),
    resourceChanges: reporter.changes,
  };
}
