import type { OperationRequest } from "../arguments/operation-request";
import type { DeploymentOptions } from "../deployment/deployment";
import { UrnTargets } from "../deployment/urn-targets";

/** How many steps run at once where nobody says. */
export const DEFAULT_PARALLEL = 64;

/** What an operation of the command line asks of the deployment; `targets` may be narrower than the request's. */
export function deploymentOptions(request: OperationRequest, targets: readonly string[]): DeploymentOptions {
  const { kind, runProgram } = request;
  const refreshing = kind === "refresh";
  const usesProgram = runProgram && (refreshing || kind === "destroy");
  return {
    mode: !usesProgram ? "update" : refreshing ? "refresh" : "destroy",
    dryRun: request.previewOnly,
    parallel: request.parallel ?? DEFAULT_PARALLEL,
    refresh: request.refresh || refreshing,
    refreshOnly: refreshing,
    refreshProgram: request.refreshProgram,
    targets: new UrnTargets(targets),
    excludes: new UrnTargets(request.excludes),
    replaceTargets: new UrnTargets(request.replace),
    targetDependents: request.targetDependents,
    excludeDependents: request.excludeDependents,
    continueOnError: request.continueOnError,
  };
}
