import { AutomationError } from "../errors";
import type { CoreQuota } from "../ports/online-endpoints";

/** What Azure reserves beyond a deployment's instances, for its own upgrades. See https://learn.microsoft.com/azure/machine-learning/how-to-manage-quotas#online-endpoints-and-batch-endpoints */
const RESERVE_PERCENT = 20;

/** What a deployment is made of. */
export interface DeploymentSize {
  readonly instanceType: string;
  readonly instanceCount: number;
}

/** What a new deployment needs of the quota, beside the one that serves. */
export interface QuotaEstimate extends DeploymentSize {
  /** Instances with the reserve. */
  readonly instances: number;
  /** Absent where the quota is not known. */
  readonly cores?: number;
  readonly free?: number;
  readonly family?: string;
}

/** Estimates what a deployment takes of the quota, the reserve included. */
export function estimateQuota(size: DeploymentSize, quota: CoreQuota | undefined): QuotaEstimate {
  const instances = Math.ceil((size.instanceCount * (100 + RESERVE_PERCENT)) / 100);
  if (!quota) return { ...size, instances };
  const { coresPerInstance, family, limit, used } = quota;
  return { ...size, instances, cores: instances * coresPerInstance, free: limit - used, family };
}

/** The estimate for people, before anything is deployed. */
export function quotaText({ instanceCount, instanceType, instances, cores, free, family }: QuotaEstimate): string {
  const needs = `${instanceCount} x ${instanceType} takes quota for ${instances} instances (${RESERVE_PERCENT} % in reserve)`;
  return cores === undefined
    ? `${needs}; the quota is not known`
    : `${needs}: ${cores} of ${free} free cores of ${family}`;
}

/** Refuses a deployment for which the quota is known not to suffice. */
export function refuseWithoutQuota(estimate: QuotaEstimate): void {
  const { cores, free } = estimate;
  if (cores === undefined || free === undefined || cores <= free) return;
  throw new AutomationError("refused", `the quota does not suffice: ${quotaText(estimate)}`, {
    hint: "ask for more quota, remove the idle slot (trunkline release promote --retire), or take fewer or smaller instances",
  });
}
