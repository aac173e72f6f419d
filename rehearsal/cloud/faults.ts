import { setTimeout } from "node:timers/promises";
import { CloudError } from "./cloud-error";

/** The operations of a provider that can fail. */
export type CloudOperation = "check" | "diff" | "create" | "update" | "read" | "delete" | "invoke";

/** A call to the simulated cloud, as fault rules see it. */
export interface CloudCall {
  readonly operation: CloudOperation;
  /** Type token of the resource, or token of the function. */
  readonly type: string;
  /** Empty for a function. */
  readonly urn: string;
  readonly preview: boolean;
}

/** What a rule does to a call: refuses it, slows it down, or lets it succeed only half. */
export type Fault =
  | { readonly error: string }
  | { readonly delayMs: number }
  /** The resource exists afterwards, but did not become ready, for these reasons. Creations and updates only. */
  | { readonly partialFailure: readonly string[] }
  /** The vendor's "too many requests". */
  | { readonly throttled: true };

/** A declared fault. Every given part of `match` must fit; previews are left alone unless `preview` says otherwise. */
export interface FaultRule {
  readonly match: {
    readonly operation?: CloudOperation;
    readonly type?: string;
    /** The whole URN, or its end, such as `::bucket`. */
    readonly urn?: string;
    /** @default false */
    readonly preview?: boolean;
  };
  /** How many calls it strikes. @default all */
  readonly times?: number;
  /** How many matching calls pass before it strikes. @default 0 */
  readonly after?: number;
  readonly fault: Fault;
}

/** Applies fault rules in their order, each as often as it says: the same calls meet the same faults. */
export class FaultPlan {
  private readonly seen: number[];

  /** Throws CloudError for a rule that can never have its effect. */
  constructor(private readonly rules: readonly FaultRule[]) {
    for (const { match, fault } of rules) {
      if ("partialFailure" in fault && match.operation !== "create" && match.operation !== "update") {
        throw new CloudError(
          `a partial failure strikes the operation "create" or "update", got "${match.operation ?? "any operation"}"`,
        );
      }
    }
    this.seen = rules.map(() => 0);
  }

  /** Waits and throws as the rules say. Answers the reasons for which the call may succeed only half. */
  async strike(call: CloudCall, signal: AbortSignal): Promise<readonly string[] | undefined> {
    let reasons: readonly string[] | undefined;
    for (const fault of this.take(call)) {
      if ("delayMs" in fault) await pause(fault.delayMs, signal);
      else if ("partialFailure" in fault) reasons = fault.partialFailure;
      else
        throw new CloudError(
          "error" in fault ? fault.error : `TooManyRequests: ${call.type} was throttled; try again later`,
        );
    }
    return reasons;
  }

  private take(call: CloudCall): Fault[] {
    return this.rules.flatMap((rule, i) => {
      if (!matches(rule, call)) return [];
      const past = this.seen[i]!++ - (rule.after ?? 0);
      return past >= 0 && past < (rule.times ?? Infinity) ? [rule.fault] : [];
    });
  }
}

/** Waits, unless the operation is cancelled, which throws. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal });
  } catch (error) {
    throw new CloudError("the operation was cancelled", { cause: error });
  }
}

function matches({ match }: FaultRule, call: CloudCall): boolean {
  return (
    (match.operation === undefined || match.operation === call.operation) &&
    (match.type === undefined || match.type === call.type) &&
    (match.urn === undefined || call.urn.endsWith(match.urn)) &&
    (match.preview ?? false) === call.preview
  );
}
