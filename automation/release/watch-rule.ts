import type { SlotMetrics } from "../ports/online-endpoints";

/** From when on a new slot is no longer trusted. */
export interface WatchLimits {
  /** Share of requests that may fail, from 0 to 1. */
  readonly errorRate: number;
  /** 95th percentile of the time to answer, in milliseconds. @default not looked at */
  readonly p95Ms?: number;
  /** Requests below which a slot is not called fine, and failures count as if there were so many. */
  readonly fewest: number;
}

/** Limits where nothing else is asked for. */
export const DEFAULT_LIMITS: WatchLimits = { errorRate: 0.01, fewest: 100 };

/** What is thought of a slot. */
export type Judgement =
  | { readonly kind: "fine" }
  /** Too few requests to tell. */
  | { readonly kind: "unjudged"; readonly reason: string }
  | { readonly kind: "crossed"; readonly reason: string };

/** Judges what a slot answered since it got its share. */
export function judge(metrics: SlotMetrics | undefined, limits: WatchLimits): Judgement {
  const { requests = 0, errors = 0, p95Ms } = metrics ?? {};
  if (requests === 0) return { kind: "unjudged", reason: "no request reached the new slot" };
  // So many failures cross the limit even if all requests succeed until there are enough to judge by.
  const certain = errors > limits.errorRate * Math.max(requests, limits.fewest);
  const rate = errors / requests;
  if (certain) {
    const reason = `${errors} of ${requests} requests failed: ${percent(rate)}, the limit is ${percent(limits.errorRate)}`;
    return { kind: "crossed", reason };
  }
  if (requests < limits.fewest) {
    return {
      kind: "unjudged",
      reason: `${requests} requests reached the new slot, it is judged from ${limits.fewest} on`,
    };
  }
  if (limits.p95Ms !== undefined && p95Ms !== undefined && p95Ms > limits.p95Ms) {
    const reason = `95 % of requests took up to ${Math.round(p95Ms)} ms, the limit is ${limits.p95Ms} ms`;
    return { kind: "crossed", reason };
  }
  return { kind: "fine" };
}

/** What of the failures that the limit allows has been spent. */
export interface ErrorBudget {
  readonly requests: number;
  readonly errors: number;
  /** Failures that the limit allows for so many requests. */
  readonly allowed: number;
}

/** The error budget of a slot over a release. */
export function errorBudget({ requests, errors }: SlotMetrics, { errorRate }: WatchLimits): ErrorBudget {
  return { requests, errors, allowed: Math.floor(requests * errorRate) };
}

/** The budget for people. */
export function budgetText({ requests, errors, allowed }: ErrorBudget): string {
  return `error budget spent: ${errors} failed of ${requests} requests to the new slot, ${allowed} were allowed`;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
